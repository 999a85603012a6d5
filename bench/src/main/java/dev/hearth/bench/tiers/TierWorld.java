package dev.hearth.bench.tiers;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.bench.storage.NoiseEmbedder;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.engine.Settings;
import dev.hearth.spi.HotStore;
import dev.hearth.testkit.FaultyColdStore;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import dev.hearth.testkit.Gate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An engine whose cold and hot store can be stalled, and whose clock can be moved on. Close it. */
final class TierWorld implements AutoCloseable {

    private static final Duration OLD = Duration.ofDays(100);

    private final ShiftedClock clock = new ShiftedClock();
    private final EmbeddedHearth hearth;
    private @Nullable FaultyColdStore cold;
    private @Nullable StallableHotStore hot;
    private @Nullable Gate gate;

    /**
     * Opens it.
     *
     * @param config whose stores are used
     * @param residentBytes 1 to let go of whatever nobody uses
     * @param cached whether the hot store keeps anything
     * @param old whether the clock is moved on already
     */
    TierWorld(HearthConfig config, long residentBytes, boolean cached, boolean old) {
        clock.ahead(old ? OLD : Duration.ZERO);
        Settings defaults = Settings.defaults();
        Stores stores = (opening, given, keeper) -> {
            Stores.Opened opened = config.stores().open(opening, given, keeper);
            HotStore kept = cached ? opened.hot() : new NoHotStore();
            hot = new StallableHotStore(kept);
            cold = new FaultyColdStore(opened.cold());
            return new Stores.Opened(opened.warm(), hot, opened.leases(), cold, opened.keys(), opened.erasures(), null);
        };
        hearth = new EmbeddedHearth(
                config.withStores(stores)
                        .withSettings(new Settings(
                                defaults.project(), defaults.sessionGap(), defaults.turn(), residentBytes)),
                new NoiseEmbedder(),
                clock);
    }

    EmbeddedHearth hearth() {
        return hearth;
    }

    /** Makes everything old, and puts it away. */
    void age(Iterable<String> relationships) {
        clock.ahead(OLD);
        for (String relationship : relationships) {
            int ignored = hearth.engine().tiering().tidy(relationship);
        }
    }

    /** How many objects were asked of the cold store. */
    long coldReads() {
        FaultyColdStore store = cold;
        return store == null ? 0 : store.gets();
    }

    /** From now on the cold store answers nobody. */
    void stallCold() {
        FaultyColdStore store = cold;
        if (store != null) {
            Gate closed = new Gate();
            gate = closed;
            FaultyColdStore ignored = store.onEveryGet(new Fault.Held(closed));
        }
    }

    /** From now on the hot store answers nobody. */
    void stallHot() {
        StallableHotStore store = hot;
        if (store != null) {
            store.stall();
        }
    }

    /** Ends both stalls. */
    void goOn() {
        FaultyColdStore store = cold;
        Gate closed = gate;
        if (store != null && closed != null) {
            FaultyColdStore ignored = store.onEveryGet(null);
            closed.open();
        }
        StallableHotStore stalled = hot;
        if (stalled != null) {
            stalled.goOn();
        }
    }

    @Override
    public void close() {
        goOn();
        hearth.close();
    }
}
