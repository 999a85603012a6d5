package dev.hearth.spi;

import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock. */
enum SystemClock implements Clock {
    INSTANCE;

    private static final InstantSource SOURCE = InstantSource.system();

    @Override
    public Instant now() {
        return SOURCE.instant();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
