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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private static final int MOST_CHANGES = 24;

    /** Of a fact that was made from so many messages, no more are noted. */
    private static final int MOST_SOURCES = 50;

    private final Resident resident;
    private final History history;
    private final Deadline deadline;
    private final Map<Long, Standing> changed = new TreeMap<>();
    private final Map<Long, StoredMessage> own = new LinkedHashMap<>();
    private final Set<Long> erased = new HashSet<>();
    private int memories;
    private boolean promoted;

    Keeping(Resident resident, History history, Deadline deadline) {
        this.resident = resident;
        this.history = history;
        this.deadline = deadline;
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
            cite(twin, source);
            return false;
        }
        memories++;
        own.put(fact.seq(), fact);
        changed.put(
                fact.seq(),
                Standing.NONE.derivedFrom(List.of(source.seq()), null).supersededBy(successor(source.seq())));
        return true;
    }

    private void cite(StoredMessage fact, StoredMessage source) {
        Standing standing = standing(fact.seq());
        if (standing.sources().contains(source.seq()) || standing.sources().size() >= MOST_SOURCES) {
            return;
        }
        List<Long> sources = new ArrayList<>(standing.sources());
        sources.add(source.seq());
        sources.sort(null);
        Instant last = standing.lastSaid() == null ? fact.said() : standing.lastSaid();
        changed.put(fact.seq(), standing.derivedFrom(sources, source.said().isAfter(last) ? source.said() : last));
    }

    /** The newer memory that took the place of what a message says, 0 for none. */
    private long successor(long seq) {
        Long kept = resident.keptBy(seq);
        return standing(kept == null ? seq : kept).supersededBy();
    }

    /** Takes in what is put in the place of a memory, whose standing it inherits: always a memory of its own. */
    void correct(StoredMessage corrected, StoredMessage before) {
        Standing standing = standing(before.seq());
        Standing inherited =
                new Standing(standing.pinned(), true, standing.supersededBy(), standing.supersedes(), List.of(), null);
        relink(before.seq(), corrected.seq(), standing.supersedes());
        changed.put(before.seq(), Standing.NONE);
        changed.put(corrected.seq(), inherited);
        erase(before);
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
    void erase(StoredMessage message) {
        long seq = message.seq();
        if (!erased.add(seq)) {
            return;
        }
        for (long fact : resident.derivedFrom(seq)) {
            List<Long> left = new ArrayList<>(standing(fact).sources());
            left.remove(seq);
            changed.put(fact, standing(fact).derivedFrom(left, standing(fact).lastSaid()));
        }
        Long kept = resident.keptBy(seq);
        if (kept != null && !erased.contains(kept)) {
            uncopy(kept, seq);
            return;
        }
        Standing standing = standing(seq);
        if (standing.copies().isEmpty()) {
            memories -= resident.index().live(seq) ? 1 : 0;
            relink(seq, standing.supersededBy(), standing.supersedes());
        } else {
            long next = standing.copies().getFirst();
            relink(seq, next, standing.supersedes());
            changed.put(next, without(standing, next));
            promoted = true;
        }
        if (!standing.isNone()) {
            changed.put(seq, Standing.NONE);
        }
    }

    /** Lets go of a copy that was gone already. */
    void lost(long copy) {
        Long kept = resident.keptBy(copy);
        if (kept != null && erased.add(copy)) {
            uncopy(kept, copy);
        }
    }

    /** Sets whether a memory is pinned. */
    void pin(long seq, boolean pinned) {
        changed.put(seq, standing(seq).pinned(pinned));
    }

    /** What pointed to {@code seq} points to {@code next} from now on, 0 for nowhere. */
    private void relink(long seq, long next, long supersedes) {
        Set<Long> known = new HashSet<>(resident.index().standings().keySet());
        known.addAll(changed.keySet());
        for (long other : known) {
            Standing standing = standing(other);
            if (other != seq && standing.supersededBy() == seq) {
                changed.put(other, standing.supersededBy(next));
            }
            if (other != seq && standing.supersedes() == seq) {
                changed.put(other, standing.supersedes(next == other ? supersedes : next));
            }
        }
    }

    private void uncopy(long kept, long copy) {
        changed.put(kept, without(standing(kept), copy));
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
        boolean there = seq != 0 && !erased.contains(seq) && resident.index().live(seq);
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
        changed.put(kept.seq(), standing.copied(copies, copy.said().isAfter(last) ? copy.said() : last));
    }

    /** Marks earlier statements of the user's that a new one takes the place of, or the new one, if it is older. */
    private void supersede(StoredMessage message) {
        Statement statement = Statement.of(message.text());
        if (!statement.tells()) {
            return;
        }
        StoredMessage newest = null;
        for (StoredMessage other : comparable(message, statement)) {
            if (changed.size() >= MOST_CHANGES) {
                break;
            }
            Statement earlier = Statement.of(other.text());
            boolean later = !other.said().isAfter(message.said());
            if (later && standing(other.seq()).supersededBy() == 0 && statement.replaces(earlier)) {
                changed.put(other.seq(), standing(other.seq()).supersededBy(message.seq()));
                supersedeDerived(other, message.seq());
                newest = newest == null || !other.said().isBefore(newest.said()) ? other : newest;
            } else if (!later && standing(message.seq()).supersededBy() == 0 && earlier.replaces(statement)) {
                changed.put(message.seq(), standing(message.seq()).supersededBy(other.seq()));
            }
        }
        if (newest != null) {
            changed.put(message.seq(), standing(message.seq()).supersedes(newest.seq()));
        }
    }

    /** Marks what was derived from a statement alone, or from others that are out of date too. */
    private void supersedeDerived(StoredMessage statement, long newer) {
        List<Long> said = new ArrayList<>(standing(statement.seq()).copies());
        said.add(statement.seq());
        for (long source : said) {
            for (long fact : resident.derivedFrom(source)) {
                Standing standing = standing(fact);
                if (changed.size() < MOST_CHANGES
                        && standing.supersededBy() == 0
                        && standing.sources().stream().allMatch(each -> successor(each) != 0)) {
                    changed.put(fact, standing.supersededBy(newer));
                }
            }
        }
    }

    /** The user's own statements that may be about the same, by their words. */
    private Collection<StoredMessage> comparable(StoredMessage message, Statement statement) {
        RecallQuery query = RecallQuery.of(statement.words(), MOST_COMPARED, message.said(), ZoneOffset.UTC)
                .without(erased);
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
        Standing standing = changed.get(seq);
        return standing != null ? standing : resident.index().standing(seq);
    }

    /** Puts the changed standings into the write. */
    public void into(Batch batch) {
        changed.forEach((seq, standing) -> {
            String key = resident.key().standing(seq);
            if (standing.isNone() || erased.contains(seq)) {
                batch.delete(key);
            } else {
                batch.put(key, resident.revision() + 1, StoredStanding.encode(standing), null);
            }
        });
    }

    /** Says in memory what was written; before the new messages are admitted. */
    public void settle() {
        changed.forEach((seq, standing) -> resident.stand(seq, erased.contains(seq) ? Standing.NONE : standing));
        if (promoted) {
            // The index takes messages in their order only: it is built anew.
            resident.markStale();
        }
    }
}
