package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;

/**
 * One memory.
 *
 * @param time when it was said
 * @param times the times that its words name, as they were meant when it was said
 */
public record Memory(
        String memoryId,
        String kind,
        String text,
        Instant time,
        List<TimeSpan> times,
        String speaker,
        List<String> sourceExternalIds) {
    public Memory {
        times = List.copyOf(times);
        sourceExternalIds = List.copyOf(sourceExternalIds);
    }
}
