package dev.hearth.spi;

import java.time.Duration;

/**
 * An absolute instant, passed as a parameter, by which a call must have answered.
 *
 * @param nanos the instant on {@link Clock#nanoTime()}'s scale
 * @param clock the clock it is read against
 */
public record Deadline(long nanos, Clock clock) {

    /** A deadline {@code budget} from now; a zero or negative budget is already expired. */
    public static Deadline after(Clock clock, Duration budget) {
        return new Deadline(clock.nanoTime() + budget.toNanos(), clock);
    }

    /** Nanoseconds left, never negative. */
    public long remainingNanos() {
        return Math.max(0, nanos - clock.nanoTime());
    }

    /** Time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    public boolean expired() {
        return remainingNanos() == 0;
    }

    /** This deadline, or {@code budget} from now where that is earlier. */
    public Deadline within(Duration budget) {
        long capped = clock.nanoTime() + budget.toNanos();
        return capped - nanos < 0 ? new Deadline(capped, clock) : this;
    }
}
