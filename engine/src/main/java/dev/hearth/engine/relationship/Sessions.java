package dev.hearth.engine.relationship;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a new session begins: after a gap, or where an import names another.
 *
 * @param gap silence after which a new session begins
 */
public record Sessions(Duration gap) {

    /** So many of the last messages before a session stay in the prompt, so that it does not begin from nothing. */
    private static final int CARRIED_OVER = 6;

    /** Whether a message said at {@code said} begins a session after {@code present}. */
    public boolean begins(Head.Session present, Instant said, @Nullable String name) {
        Instant last = present.lastAt();
        if (last == null) {
            return true;
        }
        if (name != null || present.name() != null) {
            return name == null || !name.equals(present.name());
        }
        return Duration.between(last, said).abs().compareTo(gap) > 0;
    }

    /** The session that a message at {@code said} belongs to; {@code nextSeq} is the message's seq. */
    public Head.Session at(Head.Session present, Instant said, @Nullable String name, long nextSeq, String profile) {
        if (!begins(present, said, name)) {
            return new Head.Session(present.ordinal(), present.name(), said, present.windowFrom(), present.profile());
        }
        long from = Math.max(present.windowFrom(), Math.max(1, nextSeq - CARRIED_OVER));
        return new Head.Session(present.ordinal() + 1, name, said, from, profile);
    }
}
