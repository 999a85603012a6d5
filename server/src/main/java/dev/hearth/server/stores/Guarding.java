package dev.hearth.server.stores;

import dev.hearth.server.metrics.Metrics;
import dev.hearth.store.guarded.Breaker;
import dev.hearth.store.guarded.BreakerState;
import dev.hearth.store.guarded.Guards;
import dev.hearth.store.guarded.HedgedReads;
import java.security.SecureRandom;

/** The guards before stores on servers, and the meters that show how they do. Safe for many threads. */
public final class Guarding {

    private final Guards guards = new Guards(new SecureRandom());

    Guards guards() {
        return guards;
    }

    /** Measures the guards that stand by now; to be called once, after the stores have been opened. */
    public void measure(Metrics metrics) {
        guards.breakers().forEach(breaker -> measure(breaker, metrics));
        guards.reads().forEach(reads -> measure(reads, metrics));
    }

    private static void measure(Breaker breaker, Metrics metrics) {
        metrics.gauge(
                "hearth.store.breaker.state",
                "Whether a store on a server is asked: 0 yes, 1 one call tries, 2 no",
                breaker.store(),
                () -> number(breaker.state()));
        metrics.counter(
                "hearth.store.breaker.opened",
                "How often a store on a server failed so much that it was asked no more for a while",
                breaker.store(),
                breaker::opened);
        metrics.counter(
                "hearth.store.breaker.refused",
                "Calls of a store on a server that were answered without asking it",
                breaker.store(),
                breaker::refused);
    }

    private static int number(BreakerState state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private static void measure(HedgedReads reads, Metrics metrics) {
        metrics.counter("hearth.cold.reads", "Reads of cold objects", reads::reads);
        metrics.counter("hearth.cold.reads.hedged", "Slow reads of cold objects that were asked twice", reads::hedged);
        metrics.counter("hearth.cold.reads.won", "Reads that the second request answered first", reads::won);
    }
}
