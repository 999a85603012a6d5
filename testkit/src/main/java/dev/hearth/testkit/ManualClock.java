package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that moves only when told to: {@link #advance} moves the wall and the monotonic reading together,
 * {@link #jumpTo} the wall alone (as a machine's clock does when it is set). Safe for many threads.
 */
public final class ManualClock implements Clock {

    private Instant now;
    private long nanos;

    public ManualClock(Instant start) {
        this.now = start;
    }

    /** A clock that stands at an instant written as in {@code 2026-01-01T00:00:00Z}. */
    public static ManualClock at(String instant) {
        return new ManualClock(Instant.parse(instant));
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Lets time pass; {@code by} is not negative. */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time passes forward; use jumpTo to set the wall clock back.");
        }
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Sets the wall clock, forward or back; the monotonic reading stays. */
    public synchronized void jumpTo(Instant instant) {
        now = instant;
    }
}
