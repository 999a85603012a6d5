package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A memory that answers a query.
 *
 * @param time when it was said first
 * @param times the times that its words name, as they were meant when it was said
 * @param count how often it was said
 * @param lastTime when it was said last
 * @param pinned whether it is recalled before what is about as good
 * @param corrected whether it was put in the place of something wrong
 * @param supersededBy the id of the newer memory of the same matter, null where this is the newest
 * @param supersedes the id of the older memory that it took the place of, null for none
 * @param parts the named contributions that add up to the score
 */
public record Hit(
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
        double score,
        Map<String, Double> parts) {
    public Hit {
        times = List.copyOf(times);
        sourceExternalIds = List.copyOf(sourceExternalIds);
        sourceMessageIds = List.copyOf(sourceMessageIds);
        parts = Map.copyOf(parts);
    }
}
