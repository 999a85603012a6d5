package dev.hearth;

import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Leases;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.WarmStore;
import dev.hearth.store.local.CaffeineHotStore;
import dev.hearth.store.local.FileColdStore;
import dev.hearth.store.local.FileErasureLedger;
import dev.hearth.store.local.FileKeys;
import dev.hearth.store.local.LocalLeases;
import dev.hearth.store.sqlite.SqliteWarmStore;
import org.jspecify.annotations.Nullable;

/** Where a {@link Hearth} keeps everything: opened by it, and closed by it in the other order. */
@FunctionalInterface
public interface Stores {

    /** All in the data folder and this process; nobody else may have the folder meanwhile. */
    Stores EMBEDDED = Stores::embedded;

    /**
     * Opens them.
     *
     * @param keeper gets each part as soon as it is open, so that it is closed even where a later one cannot be opened
     * @throws dev.hearth.spi.StoreException where one cannot be opened, in words for an operator
     */
    Opened open(HearthConfig config, Clock clock, Keeper keeper);

    /**
     * What was opened.
     *
     * @param leases reach as far as the servers that share the stores, or no further than this process where they have
     *     nowhere to lie
     * @param vectors an index outside the node; null to scan vectors in it
     */
    record Opened(
            WarmStore warm,
            HotStore hot,
            Leases leases,
            ColdStore cold,
            Keys keys,
            ErasureLedger erasures,
            @Nullable VectorIndex vectors) {}

    /** Closes what it is given, the last first. */
    interface Keeper {
        <T extends AutoCloseable> T keep(T part);
    }

    private static Opened embedded(HearthConfig config, Clock clock, Keeper keeper) {
        // First, because it locks the data folder.
        WarmStore warm = keeper.keep(SqliteWarmStore.open(config.data(), clock));
        return new Opened(
                warm,
                hotHere(clock, keeper),
                leasesHere(clock, keeper),
                coldHere(config, keeper),
                keysHere(config, keeper),
                erasuresHere(config, keeper),
                null);
    }

    /** A hot store in this process. */
    static HotStore hotHere(Clock clock, Keeper keeper) {
        return keeper.keep(new CaffeineHotStore(clock, 32L << 20));
    }

    /** Leases among the threads of this process. */
    static Leases leasesHere(Clock clock, Keeper keeper) {
        return keeper.keep(new LocalLeases(clock));
    }

    /** Cold objects as files of the data folder. */
    static ColdStore coldHere(HearthConfig config, Keeper keeper) {
        return keeper.keep(FileColdStore.open(config.data()));
    }

    /** Keys as files of the data folder. */
    static Keys keysHere(HearthConfig config, Keeper keeper) {
        byte[] operatorKey = config.operatorKey();
        return keeper.keep(
                operatorKey == null ? FileKeys.open(config.data()) : FileKeys.open(config.data(), operatorKey));
    }

    /** The ledger of erasures as a file of the data folder. */
    static ErasureLedger erasuresHere(HearthConfig config, Keeper keeper) {
        return keeper.keep(FileErasureLedger.open(config.data()));
    }
}
