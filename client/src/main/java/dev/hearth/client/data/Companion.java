package dev.hearth.client.data;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A companion.
 *
 * @param etag names this state for {@code If-Match}; null in lists, which carry none
 */
public record Companion(
        String id,
        String name,
        Map<String, @Nullable Object> personality,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String etag) {
    public Companion {
        personality = Frozen.map(personality);
    }

    /** The same with its entity tag. */
    public Companion withEtag(@Nullable String tag) {
        return new Companion(id, name, personality, createdAt, updatedAt, tag);
    }
}
