package dev.hearth.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path with its query, encoded
 * @param repeatable whether it does the same however often it arrives
 * @param work whether its answer takes work
 */
record Call(
        String method,
        String path,
        @Nullable String body,
        Map<String, String> headers,
        boolean repeatable,
        boolean work) {

    /** A request without a body. Reading may be repeated; deleting may not, because its answer differs. */
    static Call of(String method, String path) {
        return new Call(method, path, null, Map.of(), !method.equals("DELETE"), false);
    }

    /** A request with a body of JSON. Only replacing may be repeated, where nothing else is said. */
    static Call of(String method, String path, Object body) {
        return new Call(
                method,
                path,
                Json.write(body),
                Map.of("Content-Type", "application/json"),
                method.equals("PUT"),
                false);
    }

    /** As it is, or with another header where there is a value. */
    Call with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, path, body, Map.copyOf(more), repeatable, work);
    }

    /** Bound to a stored state; after a lost answer the state is another, so it is not repeated. */
    Call ifMatch(@Nullable String etag) {
        return etag == null ? this : with("If-Match", etag).repeatable(false);
    }

    Call repeatable(boolean may) {
        return new Call(method, path, body, headers, may, work);
    }

    Call working() {
        return new Call(method, path, body, headers, repeatable, true);
    }

    /** A segment of a path. A segment of dots would be taken for a step up, so dots are encoded too. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    /** A query of the parameters that have a value, with its question mark. */
    static String query(@Nullable Object... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(namesAndValues[i])
                        .append('=')
                        .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
        }
        return query.toString();
    }
}
