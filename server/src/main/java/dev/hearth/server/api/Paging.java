package dev.hearth.server.api;

import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Refusal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit 1 to 200, 50 where nothing is said
 * @param query every parameter
 */
record Paging(int limit, @Nullable String cursor, Map<String, String> query) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    static Paging of(Exchange exchange, Set<String> furtherParameters) {
        Set<String> known = new HashSet<>(furtherParameters);
        known.add("limit");
        known.add("cursor");
        Map<String, String> query = exchange.query(known);
        return new Paging(limit(query.get("limit")), query.get("cursor"), query);
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        int number = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MAX_LIMIT) {
            throw Refusal.invalid("limit", "The query parameter \"limit\" must be a whole number from 1 to 200.");
        }
        return number;
    }
}
