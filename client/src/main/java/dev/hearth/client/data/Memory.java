package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One memory: the words, where they come from, and how it stands among the others.
 *
 * @param time when it was said first
 * @param times the times that its words name, as they were meant when it was said
 * @param sourceExternalIds the messages that said it, by an import's own ids or else Hearth's; of many the first and the
 *     newest
 * @param sourceMessageIds the same by Hearth's ids
 * @param turnId the turn in which it was said first, null for an import
 * @param count how often it was said
 * @param lastTime when it was said last
 * @param pinned whether it is recalled before what is about as good
 * @param corrected whether it was put in the place of something wrong
 * @param supersededBy the id of the newer memory of the same matter, null where this is the newest
 * @param supersedes the id of the older memory that it took the place of, null for none
 * @param etag names this state for {@code If-Match}; null in a list
 */
public record Memory(
        String memoryId,
        String kind,
        String text,
        Instant time,
        List<TimeSpan> times,
        String speaker,
        List<String> sourceExternalIds,
        List<String> sourceMessageIds,
        @Nullable String turnId,
        int count,
        Instant lastTime,
        boolean pinned,
        boolean corrected,
        @Nullable String supersededBy,
        @Nullable String supersedes,
        @Nullable String etag) {
    public Memory {
        times = List.copyOf(times);
        sourceExternalIds = List.copyOf(sourceExternalIds);
        sourceMessageIds = List.copyOf(sourceMessageIds);
    }

    /** The same with its entity tag. */
    public Memory withEtag(@Nullable String tag) {
        return new Memory(
                memoryId,
                kind,
                text,
                time,
                times,
                speaker,
                sourceExternalIds,
                sourceMessageIds,
                turnId,
                count,
                lastTime,
                pinned,
                corrected,
                supersededBy,
                supersedes,
                tag);
    }
}
