package dev.hearth.engine.problem;

import java.util.Locale;

/** What kind of problem it is. The lower-case names are the public {@code code}s. */
public enum Code {
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    INVALID_REQUEST,
    UNKNOWN_FIELD,
    TOO_LARGE,
    CONFLICT,
    TURN_IN_PROGRESS,
    IDEMPOTENCY_MISMATCH,
    RATE_LIMITED,
    OVERLOADED,
    MODEL_UNAVAILABLE,
    DEADLINE_EXCEEDED,
    INTERNAL;

    /** The public form, as in {@code turn_in_progress}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code with this public form; {@link #INTERNAL} for one that is not known (any more). */
    public static Code ofWire(String wire) {
        for (Code code : values()) {
            if (code.wire().equals(wire)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
