package dev.hearth.engine.partition;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;

/**
 * How long one call of a store may take where the caller has no tighter deadline of its own.
 *
 * @param clock what it is measured on
 */
public record Budgets(Clock clock) {

    private static final Duration STORE = Duration.ofSeconds(5);
    private static final Duration BACKGROUND = Duration.ofSeconds(60);

    /** For a call on the path of a request. */
    public Deadline store() {
        return Deadline.after(clock, STORE);
    }

    /** For a long call: dropping a partition, listing all of them. */
    public Deadline background() {
        return Deadline.after(clock, BACKGROUND);
    }
}
