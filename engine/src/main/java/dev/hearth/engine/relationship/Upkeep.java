package dev.hearth.engine.relationship;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What memory knows of when a relationship is to be tidied: folded, and moved between the tiers. Safe for many threads. */
final class Upkeep {

    private final Uses uses;
    private final ColdDirectory cold;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Instant oldest = Instant.MAX;
    private volatile Instant retryAfter = Instant.EPOCH;
    private volatile boolean leftOver;
    private volatile boolean usedCold;

    Upkeep(Uses uses, ColdDirectory cold) {
        this.uses = uses;
        this.cold = cold;
    }

    /** Held by who folds the relationship or moves it between the tiers, which takes many writes. */
    ReentrantLock lock() {
        return lock;
    }

    /** Takes note of a block of the warm store; the first is the next to be put away. */
    void warm(List<StoredMessage> block) {
        if (oldest.equals(Instant.MAX)) {
            oldest = Instant.ofEpochMilli(
                    block.stream().mapToLong(StoredMessage::storedAt).max().orElse(0));
        }
    }

    /** Takes note of an entry of what is cold. */
    void cold(ColdBlock block) {
        leftOver |= !block.former().isEmpty();
    }

    /** When the messages of the first block that is not cold were stored, the youngest of them; none in the far future. */
    Instant oldest() {
        return oldest;
    }

    /** Notes that memories were used now. */
    void used(Collection<StoredMessage> memories, Instant now) {
        for (StoredMessage memory : memories) {
            uses.note(memory.seq(), Instant.ofEpochMilli(memory.storedAt()), now);
            usedCold |= cold.coldIn(memory.seq()) != 0;
        }
    }

    /** Looks whether what was used before this was loaded is cold still. */
    void loaded() {
        usedCold = uses.allSince(Instant.EPOCH).stream().anyMatch(seq -> cold.coldIn(seq) != 0);
    }

    /** Whether something cold was used that is to be made warm, and it is time to. */
    boolean usedCold(Instant now) {
        return usedCold && !now.isBefore(retryAfter);
    }

    /** Whether something cold was used that is to be made warm; the store may not know of it yet. */
    boolean usedCold() {
        return usedCold;
    }

    /** Whether it is time to look for what is to be put away. */
    boolean isTime(Instant now) {
        return !now.isBefore(retryAfter) && !now.isBefore(uses.nextTidied());
    }

    /** Whether a step between the tiers was cut off that left something to be removed. */
    boolean leftOver() {
        return leftOver;
    }

    /** Nothing is moved before this, since it failed. */
    void retryAfter(Instant moment) {
        retryAfter = moment;
    }

    /** Says that everything was moved that could be. */
    void done(Instant now) {
        uses.tidied(now);
        usedCold = false;
        leftOver = false;
    }
}
