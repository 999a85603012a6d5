package dev.hearth.spi;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The machine's clock. */
enum SystemClock implements Clock {
    INSTANCE;

    private static final InstantSource SOURCE = InstantSource.system();

    @Override
    public Instant now() {
        return SOURCE.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
