package dev.hearth.spi;

import java.time.Instant;

/**
 * The only source of time. Tests pass a manual one; nothing in Hearth reads the system's clock elsewhere.
 *
 * <p>Safe for use by many threads. Never blocks.
 */
public interface Clock {

    /** Wall-clock time in whole milliseconds, for what is stored and shown. May jump. */
    Instant now();

    /** A monotonic reading in nanoseconds with an arbitrary origin, for durations and deadlines. */
    long nanoTime();

    /** The machine's clock. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
