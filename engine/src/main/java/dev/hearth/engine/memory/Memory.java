package dev.hearth.engine.memory;

import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something remembered, as its owner sees it: the words, where they come from, and how it stands among the others.
 *
 * @param id {@code mem_} and an opaque rest
 * @param kind {@code episodic} for what was said, {@code semantic} for a fact that was made from it
 * @param text the words
 * @param time when it was said, for the first time
 * @param times the times that the words name, as they were meant when it was said; in the order of the words
 * @param speaker who said it
 * @param sourceExternalIds the ids of the messages it came from: an import's own, or else Hearth's message ids; of what
 *     was said often the first and the newest
 * @param provenance where it comes from
 * @param standing how it stands among the others
 */
public record Memory(
        String id,
        String kind,
        String text,
        Instant time,
        List<TimeSpan> times,
        String speaker,
        List<String> sourceExternalIds,
        Provenance provenance,
        Standing standing) {

    public Memory {
        times = List.copyOf(times);
        sourceExternalIds = List.copyOf(sourceExternalIds);
    }

    /**
     * Where a memory comes from.
     *
     * @param messageIds Hearth's ids of the messages that said it; of many the first and the newest
     * @param turnId the turn in which it was said first, null for what was imported or stated
     */
    public record Provenance(
            List<String> messageIds, @Nullable String turnId) {
        public Provenance {
            messageIds = List.copyOf(messageIds);
        }
    }

    /**
     * How a memory stands among the others.
     *
     * @param count how often it was said
     * @param lastTime when it was said last
     * @param pinned whether it is recalled before what is about as good
     * @param corrected whether it was put in the place of something wrong
     * @param supersededBy the id of the newer memory of the same matter, null for none
     * @param supersedes the id of the older one that it took the place of, null for none
     */
    public record Standing(
            int count,
            Instant lastTime,
            boolean pinned,
            boolean corrected,
            @Nullable String supersededBy,
            @Nullable String supersedes) {}
}
