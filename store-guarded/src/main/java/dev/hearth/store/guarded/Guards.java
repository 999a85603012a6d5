package dev.hearth.store.guarded;

import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Leases;
import dev.hearth.spi.WarmStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Puts guards before stores on servers, and says how they do. What it answers obeys the contract of what it is given, and
 * closes it. The stores behind must keep their deadlines. Safe for many threads.
 */
public final class Guards {

    /** A store late by less than this may have been asked too much by its caller: that opens no breaker. */
    private static final Duration HOT_PATIENCE = Duration.ofMillis(50);

    private static final Duration WARM_PATIENCE = Duration.ofMillis(250);
    private static final Duration COLD_PATIENCE = Duration.ofMillis(500);

    private final RandomGenerator random;
    private final List<Breaker> breakers = new CopyOnWriteArrayList<>();
    private final List<HedgedReads> reads = new CopyOnWriteArrayList<>();

    /** @param random for the length of pauses; safe for many threads */
    public Guards(RandomGenerator random) {
        this.random = random;
    }

    public HotStore hot(HotStore store, Clock clock) {
        return new GuardedHotStore(store, guard("hot", "The hot store", HOT_PATIENCE, clock));
    }

    public Leases leases(Leases leases, Clock clock) {
        return new GuardedLeases(leases, guard("leases", "The server of the leases", HOT_PATIENCE, clock));
    }

    public GuardedWarmStore warm(WarmStore store, Clock clock) {
        return new GuardedWarmStore(store, guard("warm", "The warm store", WARM_PATIENCE, clock));
    }

    public ColdStore cold(ColdStore store, Clock clock) {
        GuardedColdStore guarded =
                GuardedColdStore.of(store, guard("cold", "The cold store", COLD_PATIENCE, clock), clock);
        reads.add(guarded.reads());
        return guarded;
    }

    /** The breakers, in the order in which they were made. */
    public List<Breaker> breakers() {
        return List.copyOf(breakers);
    }

    /** The reads of the cold stores, in the order in which they were made. */
    public List<HedgedReads> reads() {
        return List.copyOf(reads);
    }

    private Guard guard(String store, String who, Duration patience, Clock clock) {
        Breaker breaker = new Breaker(store, who, clock, random);
        breakers.add(breaker);
        return new Guard(who, patience, breaker);
    }
}
