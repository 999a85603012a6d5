package dev.hearth.server.command.migrating;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;

/** How long each call may take, and how much is held at once. */
final class Limits {

    /** Records held of each side, of at most 350 KB each. */
    static final int PAGE = 50;

    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration OBJECT = Duration.ofMinutes(5);
    private static final Duration WHOLE = Duration.ofMinutes(30);

    private Limits() {}

    /** For a page of records, or one write. */
    static Deadline call(Clock clock) {
        return Deadline.after(clock, CALL);
    }

    /** For a cold object, or the list of one partition's. */
    static Deadline object(Clock clock) {
        return Deadline.after(clock, OBJECT);
    }

    /** For what reads or removes many things in one call. */
    static Deadline whole(Clock clock) {
        return Deadline.after(clock, WHOLE);
    }
}
