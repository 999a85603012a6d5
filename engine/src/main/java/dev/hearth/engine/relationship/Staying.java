package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import dev.hearth.spi.Significance;
import java.time.Instant;

/** Whether a memory stays warm though it is old: because it matters, because somebody wants it, or because it is used. */
final class Staying {

    private final Tiers tiers;
    private final Significance significance;

    Staying(Tiers tiers, Significance significance) {
        this.tiers = tiers;
        this.significance = significance;
    }

    /** Whether a message was stored so long ago that only what stays is warm. */
    boolean old(StoredMessage message, Instant now) {
        return message.storedAt() < now.minus(tiers.warm()).toEpochMilli();
    }

    /** Whether something of a relationship may be old. */
    boolean mayBeOld(Resident resident, Instant now) {
        return resident.upkeep().oldest().isBefore(now.minus(tiers.warm()));
    }

    /** What was used at this moment or later is warm. */
    Instant usedSince(Instant now) {
        return now.minus(tiers.warm());
    }

    boolean stays(Resident resident, StoredMessage message, Instant now) {
        if (!resident.remembers(message)) {
            return false;
        }
        Standing standing = resident.index().standing(message.seq());
        return standing.pinned()
                || standing.correction()
                || resident.uses().since(message.seq(), usedSince(now))
                || significance.of(new Significance.Said(
                                message.text(), message.origin().byUser(), message.derived(), message.said()))
                        >= tiers.significance();
    }
}
