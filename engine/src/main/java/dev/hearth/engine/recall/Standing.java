package dev.hearth.engine.recall;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a memory beside its words. Most memories have nothing of it.
 *
 * @param pinned whether somebody wants it recalled before others
 * @param correction whether it was put in the place of something wrong
 * @param supersededBy the seq of the newer statement of the same matter, 0 for none
 * @param supersedes the seq of the older one that it took the place of, 0 for none
 * @param copies the seqs of later messages that say the same, rising: they are no memories of their own
 * @param lastSaid when the newest copy was said, null without copies
 * @param sources of a fact: the seqs of the messages that it was made from, rising; empty for what was said
 */
public record Standing(
        boolean pinned,
        boolean correction,
        long supersededBy,
        long supersedes,
        List<Long> copies,
        @Nullable Instant lastSaid,
        List<Long> sources) {

    /** Of a memory that nothing is known of. */
    public static final Standing NONE = new Standing(false, false, 0, 0, List.of(), null);

    public Standing {
        copies = List.copyOf(copies);
        sources = List.copyOf(sources);
    }

    /** Of what was said. */
    public Standing(
            boolean pinned,
            boolean correction,
            long supersededBy,
            long supersedes,
            List<Long> copies,
            @Nullable Instant lastSaid) {
        this(pinned, correction, supersededBy, supersedes, copies, lastSaid, List.of());
    }

    /** How often it was said. */
    public int count() {
        return Math.max(1, sources.size()) + copies.size();
    }

    /** Whether nothing is known, so that nothing is to be kept. */
    public boolean isNone() {
        return equals(NONE);
    }

    public Standing pinned(boolean wanted) {
        return new Standing(wanted, correction, supersededBy, supersedes, copies, lastSaid, sources);
    }

    public Standing asCorrection() {
        return new Standing(pinned, true, supersededBy, supersedes, copies, lastSaid, sources);
    }

    public Standing supersededBy(long newer) {
        return new Standing(pinned, correction, newer, supersedes, copies, lastSaid, sources);
    }

    public Standing supersedes(long older) {
        return new Standing(pinned, correction, supersededBy, older, copies, lastSaid, sources);
    }

    public Standing copied(List<Long> seqs, @Nullable Instant last) {
        return new Standing(pinned, correction, supersededBy, supersedes, seqs, last, sources);
    }

    /** The same of a fact that was made from other messages, the newest of which was said at {@code last}. */
    public Standing derivedFrom(List<Long> messages, @Nullable Instant last) {
        return new Standing(pinned, correction, supersededBy, supersedes, copies, last, messages);
    }
}
