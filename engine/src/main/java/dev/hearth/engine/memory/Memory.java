package dev.hearth.engine.memory;

import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.util.List;

/**
 * Something remembered, as its owner sees it.
 *
 * @param id {@code mem_} and an opaque rest
 * @param kind {@code episodic} for what was said
 * @param text the words
 * @param time when it was said
 * @param times the times that the words name, as they were meant when it was said; in the order of the words
 * @param speaker who said it
 * @param sourceExternalIds the ids of the messages it came from: an import's own, or else Hearth's message ids
 */
public record Memory(
        String id,
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
