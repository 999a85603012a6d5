package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.statement.Sameness;
import dev.hearth.engine.statement.Statement;
import dev.hearth.engine.statement.WriteGate;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one write makes of a relationship's memories: which of its messages are memories, which repeat one, which take
 * the place of one, and what becomes of the standings of what it erases. Messages stay as they are; only the records
 * beside them change, in the same write. Made for one write; the caller holds the turnstile.
 */
public final class Keeping {

    private static final Logger log = LoggerFactory.getLogger(Keeping.class);

    /** The same words about "today" are something else on another day. */
    private static final Duration SAME_DAY = Duration.ofHours(12);

    /** So many statements are held against a new one. */
    private static final int MOST_COMPARED = 40;

    /** So many records change at most before no more statements are marked, for the limit of a write. */
    static final int MOST_CHANGES = 24;

    private final Resident resident;
    private final History history;
    private final Deadline deadline;
    private final ChangedStandings standings;
    private final Citations citations;
    private final Map<Long, StoredMessage> own = new LinkedHashMap<>();
    private int memories;
    private boolean promoted;

    Keeping(Resident resident, History history, Deadline deadline) {
        this.resident = resident;
        this.history = history;
        this.deadline = deadline;
        this.standings = new ChangedStandings(resident);
        this.citations = new Citations(resident, standings, this::said);
    }

    /** How many memories there are more after the write, or fewer. */
    public int memories() {
        return memories;
    }

    /** Takes in a new message; whether it becomes a memory of its own. */
    public boolean add(StoredMessage message) {
        if (!message.recallable() || !WriteGate.remembers(message.text())) {
            return false;
        }
        StoredMessage twin = twin(message);
        if (twin != null) {
            fold(twin, message);
            return false;
        }
        remember(message);
        return true;
    }

    /**
     * Takes in a fact made from a message; whether it becomes a memory. What was said in the same words needs no fact, and
     * a fact that is there already is made from this message too.
     */
    boolean derive(StoredMessage fact, StoredMessage source) {
        if (!WriteGate.remembers(fact.text())) {
            return false;
        }
        StoredMessage said = saying(Sameness.hash(fact.text(), true));
        if (said != null && Sameness.same(said.text(), fact.text())) {
            return false;
        }
        StoredMessage twin = twin(fact);
        if (twin != null) {
            citations.cite(twin, source);
            return false;
        }
        memories++;
        own.put(fact.seq(), fact);
        citations.derive(fact, source);
        return true;
    }

    /** Takes in what is put in the place of a memory, whose standing it inherits: always a memory of its own. */
    void correct(StoredMessage corrected, StoredMessage before) {
        Standing standing = standing(before.seq());
        Standing inherited =
                new Standing(standing.pinned(), true, standing.supersededBy(), standing.supersedes(), List.of(), null);
        standings.relink(before.seq(), corrected.seq(), standing.supersedes());
        standings.put(before.seq(), Standing.NONE);
        standings.put(corrected.seq(), inherited);
        erase(before.seq());
        remember(corrected);
    }

    private void remember(StoredMessage message) {
        memories++;
        own.put(message.seq(), message);
        if (message.origin().byUser()) {
            supersede(message);
        }
    }

    /** Lets go of a message that the write erases. Where it was a memory with copies, the first copy takes its place. */
    void erase(long seq) {
        if (!standings.erase(seq)) {
            return;
        }
        citations.drop(seq);
        Long kept = resident.keptBy(seq);
        if (kept != null && !standings.erased().contains(kept)) {
            uncopy(kept, seq);
            return;
        }
        Standing standing = standing(seq);
        if (standing.copies().isEmpty()) {
            memories -= resident.index().live(seq) ? 1 : 0;
            standings.relink(seq, standing.supersededBy(), standing.supersedes());
        } else {
            long next = standing.copies().getFirst();
            standings.relink(seq, next, standing.supersedes());
            standings.put(next, without(standing, next));
            promoted = true;
        }
        if (!standing.isNone()) {
            standings.put(seq, Standing.NONE);
        }
    }

    /** Says that whatever repeats what this write erases goes too, in this write or a later one. */
    void leaveNothing() {
        citations.leaveNothing();
    }

    /**
     * The facts that go with these messages: nothing is left of them to stand on, and no other message says the same as
     * theirs. Ask before these are erased.
     */
    NavigableSet<Long> lastFactsOf(Collection<Long> going) {
        return citations.lastFactsOf(going);
    }

    /** Lets go of a copy that was gone already. */
    void lost(long copy) {
        Long kept = resident.keptBy(copy);
        if (kept != null && standings.erase(copy)) {
            uncopy(kept, copy);
        }
    }

    /** Sets whether a memory is pinned. */
    void pin(long seq, boolean pinned) {
        standings.put(seq, standing(seq).pinned(pinned));
    }

    private void uncopy(long kept, long copy) {
        standings.put(kept, without(standing(kept), copy));
    }

    private Standing without(Standing standing, long copy) {
        List<Long> left = new ArrayList<>(standing.copies());
        left.remove(copy);
        boolean last = !left.isEmpty() && standing.copies().getLast() == copy;
        StoredMessage newest = last ? said(List.of(left.getLast())).get(left.getLast()) : null;
        Instant lastSaid = left.isEmpty() ? null : newest == null ? standing.lastSaid() : newest.said();
        return standing.copied(left, lastSaid);
    }

    /** The memory that says the same as a new message, null where none does. */
    private @Nullable StoredMessage twin(StoredMessage message) {
        for (StoredMessage earlier : own.values()) {
            if (same(earlier, message)) {
                return earlier;
            }
        }
        StoredMessage earlier = saying(message.sameness());
        return earlier != null && same(earlier, message) ? earlier : null;
    }

    private @Nullable StoredMessage saying(int sameness) {
        long seq = resident.saying(sameness);
        boolean there = seq != 0
                && !standings.erased().contains(seq)
                && resident.index().live(seq);
        return there ? said(List.of(seq)).get(seq) : null;
    }

    /** Folds a memory that nothing else is known of into the first of these that says nearly the same; whether one does. */
    boolean repeats(StoredMessage message, List<Long> others) {
        if (!standing(message.seq()).isNone()) {
            return false;
        }
        Map<Long, StoredMessage> found = said(others);
        for (long other : others) {
            StoredMessage earlier = found.get(other);
            if (earlier != null && Sameness.near(earlier.text(), message.text()) && comparable(earlier, message)) {
                fold(earlier, message);
                return true;
            }
        }
        return false;
    }

    private boolean same(StoredMessage earlier, StoredMessage message) {
        return Sameness.same(earlier.text(), message.text()) && comparable(earlier, message);
    }

    /** Whether the same words of both are the same memory. */
    private boolean comparable(StoredMessage earlier, StoredMessage message) {
        return earlier.origin().byUser() == message.origin().byUser()
                && earlier.derived() == message.derived()
                && standing(earlier.seq()).supersededBy() == 0
                && (earlier.speaker() == null
                        || message.speaker() == null
                        || Objects.equals(earlier.speaker(), message.speaker()))
                && (Duration.between(earlier.said(), message.said()).abs().compareTo(SAME_DAY) < 0
                        || !Sameness.relative(message.text()));
    }

    private void fold(StoredMessage kept, StoredMessage copy) {
        Standing standing = standing(kept.seq());
        List<Long> copies = new ArrayList<>(standing.copies());
        copies.add(copy.seq());
        Instant last = standing.lastSaid() == null ? kept.said() : standing.lastSaid();
        standings.put(kept.seq(), standing.copied(copies, copy.said().isAfter(last) ? copy.said() : last));
    }

    /** Marks earlier statements of the user's that a new one takes the place of, or the new one, if it is older. */
    private void supersede(StoredMessage message) {
        Statement statement = Statement.of(message.text());
        if (!statement.tells()) {
            return;
        }
        StoredMessage newest = null;
        for (StoredMessage other : comparable(message, statement)) {
            if (standings.count() >= MOST_CHANGES) {
                break;
            }
            Statement earlier = Statement.of(other.text());
            boolean later = !other.said().isAfter(message.said());
            if (later && standing(other.seq()).supersededBy() == 0 && statement.replaces(earlier)) {
                standings.put(other.seq(), standing(other.seq()).supersededBy(message.seq()));
                citations.supersede(other, message);
                newest = newest == null || !other.said().isBefore(newest.said()) ? other : newest;
            } else if (!later && standing(message.seq()).supersededBy() == 0 && earlier.replaces(statement)) {
                standings.put(message.seq(), standing(message.seq()).supersededBy(other.seq()));
            }
        }
        if (newest != null) {
            standings.put(message.seq(), standing(message.seq()).supersedes(newest.seq()));
        }
    }

    /** The user's own statements that may be about the same, by their words. */
    private Collection<StoredMessage> comparable(StoredMessage message, Statement statement) {
        RecallQuery query = RecallQuery.of(statement.words(), MOST_COMPARED, message.said(), ZoneOffset.UTC)
                .without(standings.erased());
        List<Long> seqs =
                resident.index().search(query).hits().stream().map(Ranked::seq).toList();
        Map<Long, StoredMessage> found = new TreeMap<>(said(seqs));
        found.putAll(own);
        found.remove(message.seq());
        found.values().removeIf(other -> !other.origin().byUser() || other.derived());
        return found.values();
    }

    private Map<Long, StoredMessage> said(List<Long> seqs) {
        if (seqs.isEmpty()) {
            return Map.of();
        }
        try {
            return history.read(resident, seqs, deadline);
        } catch (Problem unreadable) {
            // Then a repetition is a memory of its own, and both statements stand: no message waits for this.
            log.warn("Earlier messages could not be read to compare with a new one: {}", unreadable.code());
            return Map.of();
        }
    }

    private Standing standing(long seq) {
        return standings.of(seq);
    }

    /** Puts the changed standings into the write, and lets go of what it erases. Where it fails, mark the resident stale. */
    public void into(Batch batch) {
        standings.into(batch);
        standings.erased().forEach(resident::forget);
    }

    /** Says in memory what was written; before the new messages are admitted. */
    public void settle() {
        standings.settle();
        if (promoted) {
            // The index takes messages in their order only: it is built anew.
            resident.markStale();
        }
    }
}
