package dev.hearth.server.stores;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.StoresConfig.Warm;
import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.OperatorKey;
import dev.hearth.store.local.FileKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of two configurations, opened for moving one's content to the other. What both name is opened once and
 * stands on both sides. For one thread.
 */
public final class Sides implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sides.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final boolean movesRecords;
    private final boolean movesCold;
    private final Side from;
    private final Side to;

    private Sides(Config from, Config to, byte[] operatorKey, Clock clock) {
        movesRecords = !Places.same(from, from.stores().warm(), to, to.stores().warm());
        movesCold = !Places.same(from, from.stores().cold(), to, to.stores().cold());
        if (!movesRecords && !movesCold) {
            throw new ConfigException("Both configurations name the same stores: there is nothing to move. (What is hot"
                    + " is a cache and is never moved.)");
        }
        try {
            this.from = open(from, operatorKey, clock);
            this.to = open(to, this.from, operatorKey, clock);
        } catch (IllegalArgumentException unusable) {
            close();
            throw new ConfigException(String.valueOf(unusable.getMessage()));
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Opens both, after having made sure that they are under one operator's key and one project.
     *
     * @param given the operator's key of both; null where each has its own in its data folder
     * @throws ConfigException where they do not fit together, and then nothing was made or written
     * @throws dev.hearth.spi.StoreException where a store cannot be opened
     */
    public static Sides open(Config from, Config to, byte @Nullable [] given, Clock clock) {
        if (!from.project().equals(to.project())) {
            throw new ConfigException("The configurations name different projects (" + from.project() + " and "
                    + to.project() + "), and the project is part of every user's name. Give both the same.");
        }
        if (from.stores().warm() instanceof Warm.Sqlite && !Files.isDirectory(from.data())) {
            throw new ConfigException("There is nothing to move: " + from.data() + " is no folder.");
        }
        return new Sides(from, to, given == null ? sameKey(from.data(), to.data()) : given, clock);
    }

    private static byte[] sameKey(Path from, Path to) {
        Path file = keyFile(from);
        if (!Files.exists(file)) {
            throw new ConfigException("The operator's key of what is moved is not there: set HEARTH_OPERATOR_KEY as for"
                    + " its server, or restore " + file + ".");
        }
        if (!Files.exists(keyFile(to))) {
            throw new ConfigException(
                    "The target has no operator's key yet, and what is moved can only be read with the"
                            + " same one. Copy " + file + " to " + keyFile(to)
                            + " (readable for its owner only), or set"
                            + " HEARTH_OPERATOR_KEY to it, here and for the servers.");
        }
        byte[] key = FileKeys.operatorKey(from);
        byte[] other = FileKeys.operatorKey(to);
        if (!MessageDigest.isEqual(new OperatorKey(key).print(), new OperatorKey(other).print())) {
            throw new ConfigException("The operator's keys differ: " + file + " is not " + keyFile(to)
                    + ". What was sealed under the one cannot be read with the other. Where nothing was ever kept under"
                    + " the target's, put the first in its place.");
        }
        return key;
    }

    private static Path keyFile(Path data) {
        return data.resolve("keys").resolve("operator.key");
    }

    public Side from() {
        return from;
    }

    public Side to() {
        return to;
    }

    /** Whether the warm store, keys and ledger differ. */
    public boolean movesRecords() {
        return movesRecords;
    }

    /** Whether the cold stores differ. */
    public boolean movesCold() {
        return movesCold;
    }

    private Side open(Config config, byte[] operatorKey, Clock clock) {
        HearthConfig wanted = HearthConfig.in(config.data()).withOperatorKey(operatorKey);
        ChosenStores chosen = new ChosenStores(config.stores(), null);
        ChosenStores.Records records = chosen.records(wanted, clock, keeper());
        return side(config, records, chosen.cold(wanted, clock, keeper()));
    }

    private Side open(Config config, Side from, byte[] operatorKey, Clock clock) {
        HearthConfig wanted = HearthConfig.in(config.data()).withOperatorKey(operatorKey);
        ChosenStores chosen = new ChosenStores(config.stores(), null);
        ChosenStores.Records records = movesRecords
                ? chosen.records(wanted, clock, keeper())
                : new ChosenStores.Records(from.warm(), from.keys(), from.erasures());
        return side(config, records, movesCold ? chosen.cold(wanted, clock, keeper()) : from.cold());
    }

    private static Side side(Config config, ChosenStores.Records records, ColdStore cold) {
        if (records.warm() instanceof CopyableWarmStore warm
                && records.keys() instanceof CopyableKeys keys
                && cold instanceof CopyableColdStore objects) {
            return new Side(Places.of(config), warm, objects, keys, records.erasures());
        }
        throw new IllegalStateException("A store that can be chosen can be copied.");
    }

    private Stores.Keeper keeper() {
        return new Stores.Keeper() {
            @Override
            public <T extends AutoCloseable> T keep(T part) {
                opened.push(part);
                return part;
            }
        };
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
