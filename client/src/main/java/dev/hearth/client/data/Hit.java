package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;

/**
 * A memory that answers a query.
 *
 * @param memory as in a list, without its entity tag
 * @param parts the named contributions that add up to the score
 */
public record Hit(@JsonUnwrapped Memory memory, double score, Map<String, Double> parts) {
    public Hit {
        parts = Map.copyOf(parts);
    }
}
