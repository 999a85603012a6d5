package dev.hearth.bench.tiers;

import dev.hearth.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock, whose wall can be moved on; durations and deadlines stay the machine's. Safe for many threads. */
final class ShiftedClock implements Clock {

    private volatile Duration shift = Duration.ZERO;

    /** Sets how far the wall is ahead of the machine's. */
    void ahead(Duration by) {
        shift = by;
    }

    @Override
    public Instant now() {
        return Clock.system().now().plus(shift);
    }

    @Override
    public long nanoTime() {
        return Clock.system().nanoTime();
    }
}
