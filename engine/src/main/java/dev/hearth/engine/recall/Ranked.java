package dev.hearth.engine.recall;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message found, and why.
 *
 * @param seq its place in the relationship
 * @param score how much better than the average of the messages that were looked at closely, about 0 to 1 for good hits;
 *     compares messages within one search and says nothing across searches
 * @param parts what adds up to the score, negative for what speaks against it: {@code dense} and {@code feedback}
 *     (likeness of meaning to the question and to the other good hits; only where the query had a vector), {@code lexical}
 *     (words in common), {@code neighbour} (what was said just before and after), {@code session}, {@code speaker},
 *     {@code time}, {@code form} (length, numbers, names, a question or not), {@code newer} (said later than a hit as
 *     good about the same), and what {@link Precedence} adds: {@code standing}, {@code used}, {@code repeated}
 * @param likeness the best cosine of its vectors with the query's, -1 to 1, comparable across searches of one embedder;
 *     0 where either has none
 */
public record Ranked(long seq, double score, Map<String, Double> parts, double likeness) {

    public Ranked {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
