package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A memory that answers a query.
 *
 * @param time when it was said
 * @param times the times that its words name, as they were meant when it was said
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
        double score,
        Map<String, Double> parts) {
    public Hit {
        times = List.copyOf(times);
        sourceExternalIds = List.copyOf(sourceExternalIds);
        parts = Map.copyOf(parts);
    }
}
