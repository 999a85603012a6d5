package dev.hearth.client.data;

import org.jspecify.annotations.Nullable;

/**
 * Everything that is said of a user; null says nothing.
 *
 * @param timeZone an IANA zone; an unknown one is kept as UTC and flagged
 * @param plan free, plus or premium
 */
public record UserProfile(
        @Nullable String displayName,
        @Nullable String timeZone,
        @Nullable String locale,
        @Nullable String ageBand,
        @Nullable String jurisdiction,
        @Nullable String plan,
        @Nullable Boolean outreach) {

    /** A profile that says nothing. */
    public static final UserProfile EMPTY = new UserProfile(null, null, null, null, null, null, null);
}
