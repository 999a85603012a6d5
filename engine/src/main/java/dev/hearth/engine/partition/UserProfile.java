package dev.hearth.engine.partition;

import org.jspecify.annotations.Nullable;

/**
 * What an application says of a user; null where it says nothing.
 *
 * @param displayName at most 200 characters
 * @param timeZone an IANA zone; an unknown one is kept as UTC and flagged
 * @param locale a BCP 47 tag, at most 35 characters
 * @param ageBand at most 32 characters
 * @param jurisdiction at most 32 characters
 * @param plan {@code free}, {@code plus} or {@code premium}
 */
public record UserProfile(
        @Nullable String displayName,
        @Nullable String timeZone,
        @Nullable String locale,
        @Nullable String ageBand,
        @Nullable String jurisdiction,
        @Nullable String plan,
        @Nullable Boolean outreach) {

    public static final UserProfile EMPTY = new UserProfile(null, null, null, null, null, null, null);
}
