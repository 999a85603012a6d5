package dev.hearth.bench.stream;

import dev.hearth.bench.child.Wire;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One open event stream, read to its end on a thread of its own. What it has heard may be asked by any thread. */
final class HeldStream implements AutoCloseable {

    private static final String EVENT = "event: ";

    private final Wire wire;
    private final String last;
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong longestSilence = new AtomicLong();
    private volatile boolean completed;
    private volatile boolean ended;
    private volatile @Nullable IOException broken;

    /** @param last the event that completes it */
    HeldStream(Wire wire, String last) {
        this.wire = wire;
        this.last = last;
    }

    /** Reads until it ends. */
    void follow() {
        try {
            long heard = System.nanoTime();
            for (String line = wire.line(); line != null; line = wire.line()) {
                long now = System.nanoTime();
                longestSilence.accumulateAndGet(now - heard, Math::max);
                heard = now;
                if (line.startsWith(":")) {
                    beats.incrementAndGet();
                } else if (line.startsWith(EVENT)) {
                    events.incrementAndGet();
                    completed |= line.startsWith(last, EVENT.length());
                }
            }
        } catch (IOException e) {
            broken = e;
        }
        ended = true;
    }

    int beats() {
        return beats.get();
    }

    int events() {
        return events.get();
    }

    double longestSilenceSeconds() {
        return longestSilence.get() / 1e9;
    }

    boolean completed() {
        return completed;
    }

    /** Over, in order or not. */
    boolean ended() {
        return ended;
    }

    @Nullable
    IOException broken() {
        return broken;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
