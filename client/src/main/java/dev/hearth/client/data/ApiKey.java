package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key.
 *
 * @param key {@code hk_...}, only in the answer that made it; not in {@link #toString}
 */
public record ApiKey(
        String id,
        String name,
        KeyScope scope,
        boolean trusted,
        @Nullable String defaultUser,
        Instant createdAt,
        @Nullable String key) {
    @Override
    public String toString() {
        return "ApiKey[" + id + ", " + name + ", " + scope + "]";
    }
}
