package dev.hearth.engine.recall;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message found, and why.
 *
 * @param seq its place in the relationship
 * @param score 0 to 1.2; compares messages within one search and says nothing across searches
 * @param parts what adds up to the score, in a fixed order: {@code dense} (likeness of meaning; only where the query
 *     had a vector), {@code lexical} (words in common), {@code neighbour} (the better of what was said just before and
 *     after)
 * @param likeness the best cosine of its vectors with the query's, -1 to 1, comparable across searches of one embedder;
 *     0 where either has none
 */
public record Ranked(long seq, double score, Map<String, Double> parts, double likeness) {

    public Ranked {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
