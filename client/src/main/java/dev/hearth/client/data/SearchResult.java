package dev.hearth.client.data;

import java.util.List;

/**
 * What a search found, best first.
 *
 * @param tookMs without the embedding of the query
 */
public record SearchResult(List<Hit> hits, double confidence, List<String> degraded, double tookMs, double embedMs) {
    public SearchResult {
        hits = List.copyOf(hits);
        degraded = List.copyOf(degraded);
    }
}
