package dev.hearth.engine.memory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param hits best first
 * @param confidence 0 to 1: how much of what the query is about was found at all; low where nothing remembered answers it
 * @param degraded what missed its deadline or is missing, as in {@code recall.dense} and {@code recall.damaged}
 * @param took the whole search without the embedding
 * @param embedding how long the query's embedding took
 */
public record SearchResult(
        List<Hit> hits, double confidence, List<String> degraded, Duration took, Duration embedding) {

    public SearchResult {
        hits = List.copyOf(hits);
        degraded = List.copyOf(degraded);
    }

    /**
     * One memory and why it was recalled.
     *
     * @param score its rank score, higher is better
     * @param parts the named contributions that add up to the score
     */
    public record Hit(Memory memory, double score, Map<String, Double> parts) {}
}
