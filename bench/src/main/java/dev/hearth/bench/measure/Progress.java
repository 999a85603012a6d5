package dev.hearth.bench.measure;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** A bar that fills up, where somebody watches: on a terminal. Elsewhere it prints nothing. For one thread. */
public final class Progress implements AutoCloseable {

    private static final int WIDTH = 40;
    private static final long EVERY_NANOS = 100_000_000;

    private final PrintStream err = System.err;
    private final boolean shown =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    private final String what;
    private final long total;
    private long lastShown;

    /** Of {@code total} pieces; 0 where it is not known how many there are. */
    public Progress(String what, long total) {
        this.what = what;
        this.total = total;
    }

    public void at(long done) {
        long now = System.nanoTime();
        if (!shown || now - lastShown < EVERY_NANOS) {
            return;
        }
        lastShown = now;
        if (total <= 0) {
            err.printf("\r%s %d", what, done);
            return;
        }
        int filled = (int) (WIDTH * Math.min(done, total) / total);
        err.printf("\r%s [%s%s] %d/%d", what, "#".repeat(filled), "-".repeat(WIDTH - filled), done, total);
    }

    /** Wipes the bar away. */
    @Override
    public void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
