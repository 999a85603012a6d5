package dev.hearth.client.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch (RFC 7396) of a user: what is named is replaced, null takes a value away, the rest stays.
 *
 * @param fields the fields by their names in JSON
 */
public record UserPatch(Map<String, @Nullable Object> fields) {

    /** Changes nothing; the beginning of every patch. */
    public static final UserPatch NONE = new UserPatch(Map.of());

    public UserPatch {
        fields = Frozen.map(fields);
    }

    public UserPatch displayName(@Nullable String value) {
        return with("display_name", value);
    }

    public UserPatch timeZone(@Nullable String value) {
        return with("time_zone", value);
    }

    public UserPatch locale(@Nullable String value) {
        return with("locale", value);
    }

    public UserPatch ageBand(@Nullable String value) {
        return with("age_band", value);
    }

    public UserPatch jurisdiction(@Nullable String value) {
        return with("jurisdiction", value);
    }

    public UserPatch plan(@Nullable String value) {
        return with("plan", value);
    }

    public UserPatch outreach(@Nullable Boolean value) {
        return with("outreach", value);
    }

    private UserPatch with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new UserPatch(changed);
    }
}
