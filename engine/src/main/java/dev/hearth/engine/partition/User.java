package dev.hearth.engine.partition;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An end user, known by the application's own id.
 *
 * @param externalId 1 to 256 bytes of UTF-8
 * @param timeZone an IANA zone; {@code UTC} where none or an unknown one was given
 * @param timeZoneUnknown whether UTC stands in for a zone that is not known
 * @param plan the service level's name
 * @param outreach whether the user agreed to be written to first
 */
public record User(
        String externalId,
        @Nullable String displayName,
        String timeZone,
        boolean timeZoneUnknown,
        @Nullable String locale,
        @Nullable String ageBand,
        @Nullable String jurisdiction,
        String plan,
        boolean outreach,
        Instant createdAt,
        Instant updatedAt) {

    /** The zone in which the user's days pass. */
    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}
