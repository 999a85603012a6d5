package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param limit 1 to 100; null for 10
 * @param at the moment of asking; ranks and does not filter
 * @param deadlineMs 1 to 10,000
 */
public record SearchRequest(
        String query,
        @Nullable Integer limit,
        @Nullable Instant at,
        @Nullable Integer deadlineMs) {

    /** A search with nothing but its query. */
    public static SearchRequest of(String query) {
        return new SearchRequest(query, null, null, null);
    }

    /** The same with another limit. */
    public SearchRequest limit(int most) {
        return new SearchRequest(query, most, at, deadlineMs);
    }
}
