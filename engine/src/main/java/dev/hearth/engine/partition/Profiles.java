package dev.hearth.engine.partition;

import dev.hearth.engine.plan.Plan;
import dev.hearth.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be said of a user, checked. */
final class Profiles {

    /** CLDR's name for a zone that is not known; the JDK knows none of that name. */
    private static final String UNKNOWN_ZONE = "Etc/Unknown";

    private static final int NAME = 200;
    private static final int TAG = 35;
    private static final int WORD = 32;
    private static final int EXTERNAL_ID_BYTES = 256;

    private Profiles() {}

    static String externalId(String id) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw Problem.invalid("An external_id is valid Unicode; this one holds half of a surrogate pair.");
        }
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > EXTERNAL_ID_BYTES) {
            throw Problem.invalid("An external_id is 1 to 256 bytes of UTF-8; this one has " + bytes + ".");
        }
        return id;
    }

    static User user(String externalId, UserProfile profile, Instant createdAt, Instant now) {
        atMost("display_name", profile.displayName(), NAME);
        atMost("locale", profile.locale(), TAG);
        atMost("age_band", profile.ageBand(), WORD);
        atMost("jurisdiction", profile.jurisdiction(), WORD);
        atMost("time_zone", profile.timeZone(), 64);
        String plan = Objects.requireNonNullElse(profile.plan(), Plan.DEFAULT.name());
        if (Plan.named(plan).isEmpty()) {
            throw Problem.invalid(
                    "plan is one of " + Plan.ALL.stream().map(Plan::name).collect(Collectors.joining(", ")) + ".");
        }
        String zone = profile.timeZone();
        boolean known = zone != null && ZoneId.getAvailableZoneIds().contains(zone);
        return new User(
                externalId,
                profile.displayName(),
                known ? Objects.requireNonNull(zone) : "UTC",
                zone != null && !known,
                profile.locale(),
                profile.ageBand(),
                profile.jurisdiction(),
                plan,
                Boolean.TRUE.equals(profile.outreach()),
                createdAt,
                now);
    }

    /** A known user with another profile; an unknown zone stays one until another is given. */
    static User changed(User known, UserProfile profile, Instant now) {
        return user(known.externalId(), profile, known.createdAt(), now);
    }

    static UserProfile profile(User user) {
        return new UserProfile(
                user.displayName(),
                user.timeZoneUnknown() ? UNKNOWN_ZONE : user.timeZone(),
                user.locale(),
                user.ageBand(),
                user.jurisdiction(),
                user.plan(),
                user.outreach());
    }

    private static void atMost(String field, @Nullable String value, int characters) {
        if (value != null && value.length() > characters) {
            throw Problem.invalid(field + " has at most " + characters + " characters.");
        }
    }
}
