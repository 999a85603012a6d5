package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param etag names this state for {@code If-Match}
 */
public record User(
        String externalId,
        @Nullable String displayName,
        String timeZone,
        List<String> flags,
        @Nullable String locale,
        @Nullable String ageBand,
        @Nullable String jurisdiction,
        String plan,
        boolean outreach,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String etag) {
    public User {
        flags = List.copyOf(flags);
    }

    /** The same with its entity tag. */
    public User withEtag(@Nullable String tag) {
        return new User(
                externalId,
                displayName,
                timeZone,
                flags,
                locale,
                ageBand,
                jurisdiction,
                plan,
                outreach,
                createdAt,
                updatedAt,
                tag);
    }
}
