package dev.hearth.engine.memory;

import java.time.Instant;
import java.util.List;

/**
 * Something remembered, as its owner sees it.
 *
 * @param id {@code mem_} and an opaque rest
 * @param kind {@code episodic} for what was said
 * @param text the words
 * @param time when it was said
 * @param speaker who said it
 * @param sourceExternalIds the ids of the messages it came from: an import's own, or else Hearth's message ids
 */
public record Memory(
        String id, String kind, String text, Instant time, String speaker, List<String> sourceExternalIds) {

    public Memory {
        sourceExternalIds = List.copyOf(sourceExternalIds);
    }
}
