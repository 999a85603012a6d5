package dev.hearth.engine.recall;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits best first, of equals the newer first; none twice
 */
public record RecallResult(List<Ranked> hits) {

    public RecallResult {
        hits = List.copyOf(hits);
    }
}
