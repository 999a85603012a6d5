package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.recall.Standing;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The standings of a relationship's memories as one write leaves them. Made for that write. */
final class ChangedStandings {

    private final Resident resident;
    private final Map<Long, Standing> changed = new TreeMap<>();
    private final Set<Long> erased = new HashSet<>();

    ChangedStandings(Resident resident) {
        this.resident = resident;
    }

    Standing of(long seq) {
        Standing standing = changed.get(seq);
        return standing != null ? standing : resident.index().standing(seq);
    }

    void put(long seq, Standing standing) {
        changed.put(seq, standing);
    }

    /** How many records the write changes so far. */
    int count() {
        return changed.size();
    }

    /** Takes note of a message that the write erases; false where that is known. */
    boolean erase(long seq) {
        return erased.add(seq);
    }

    /** The messages that the write erases. */
    Set<Long> erased() {
        return erased;
    }

    /** What pointed to {@code seq} points to {@code next} from now on, 0 for nowhere. */
    void relink(long seq, long next, long supersedes) {
        Set<Long> known = new HashSet<>(resident.index().standings().keySet());
        known.addAll(changed.keySet());
        for (long other : known) {
            if (other != seq && of(other).supersededBy() == seq) {
                put(other, of(other).supersededBy(next));
            }
            if (other != seq && of(other).supersedes() == seq) {
                put(other, of(other).supersedes(next == other ? supersedes : next));
            }
        }
    }

    /** Puts them into the write. */
    void into(Batch batch) {
        changed.forEach((seq, standing) -> {
            String key = resident.key().standing(seq);
            if (standing.isNone() || erased.contains(seq)) {
                batch.delete(key);
            } else {
                batch.put(key, resident.revision() + 1, StoredStanding.encode(standing), null);
            }
        });
    }

    /** Says in memory what was written. */
    void settle() {
        changed.forEach((seq, standing) -> resident.stand(seq, erased.contains(seq) ? Standing.NONE : standing));
    }
}
