package dev.hearth.server.command.migrating;

import dev.hearth.spi.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells every few seconds how far it is. */
public final class Progress {

    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final Clock clock;
    private long told;

    public Progress(PrintWriter err, Clock clock) {
        this.err = err;
        this.clock = clock;
        this.told = clock.nanoTime();
    }

    synchronized void step(String what) {
        told = clock.nanoTime();
        tell(what);
    }

    synchronized void at(String doing, int done, int all) {
        long now = clock.nanoTime();
        if (now - told >= LINE.toNanos()) {
            told = now;
            tell(String.format(Locale.ROOT, "%s: %,d of %,d partitions", doing, done, all));
        }
    }

    private void tell(String what) {
        err.println("hearth: " + what);
        err.flush();
    }
}
