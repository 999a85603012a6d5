package dev.hearth.server.command.importing;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how far it is: a bar that redraws itself on a terminal, else a line every few seconds. For one thread. */
public final class Progress {

    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal;
    private final long size;
    private final LongSupplier nanoTime;
    private long told;

    /**
     * Progress through a file.
     *
     * @param size of the file in bytes
     */
    public Progress(PrintWriter err, boolean terminal, long size, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.size = Math.max(size, 1);
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    void at(long bytes, long entries) {
        long now = nanoTime.getAsLong();
        if (now - told < (terminal ? REDRAW : LINE).toNanos()) {
            return;
        }
        told = now;
        int percent = (int) Math.min(100, bytes * 100 / size);
        if (terminal) {
            int full = percent * WIDTH / 100;
            err.print("\r[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + words(percent, entries));
        } else {
            err.println("hearth: " + words(percent, entries));
        }
        err.flush();
    }

    /** Takes the bar away. */
    void end() {
        if (terminal) {
            err.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            err.flush();
        }
    }

    private static String words(int percent, long entries) {
        return String.format(Locale.ROOT, "%3d %%, %,d read", percent, entries);
    }
}
