package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;

/** One memory. */
public record Memory(
        String memoryId, String kind, String text, Instant time, String speaker, List<String> sourceExternalIds) {
    public Memory {
        sourceExternalIds = List.copyOf(sourceExternalIds);
    }
}
