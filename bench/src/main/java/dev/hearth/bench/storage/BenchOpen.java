package dev.hearth.bench.storage;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.Settings;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Storage;
import dev.hearth.engine.relationship.Tiers;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.server.stores.ChosenStores;
import dev.hearth.server.stores.Guarding;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.WarmStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench open}. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Times opening a relationship of 1,000 memories that is not in memory. Target: p99 10 ms.")
public final class BenchOpen implements Callable<Integer> {

    private static final int WARM_UP = 4_000;
    private static final int TIMED = 2_000;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the order of opening (default 1).")
    private long seed = 1;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Opens on the stores of this configuration, as `hearth stack up` writes one, under users of their own.")
    private @Nullable Path config;

    @Override
    public Integer call() throws SQLException {
        Samples copied = new Samples();
        Samples opening = new Samples();
        Samples floor = new Samples();
        Samples asking = new Samples();
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            // A shared store keeps what earlier runs left.
            String run = config == null ? "" : Long.toString(System.nanoTime(), 36) + "-";
            if (config != null) {
                measure(opened(folder, config), run, true, copied, asking);
            }
            measure(opened(folder, config), run, false, opening, new Samples());
            for (Path file : folder.files()) {
                if (file.toString().endsWith(".db")) {
                    read(file, floor);
                }
            }
        }
        Table table = new Table("ms", "p50", "p95", "p99", "highest");
        if (config != null) {
            table.row(line("asking the warm store for a head and nothing else", asking));
            table.row(line("opening a relationship of 1,000 memories from its hot copy", copied));
        }
        table.row(line("opening a relationship of 1,000 memories from the warm store", opening));
        if (config == null) {
            table.row(line("reading its bytes from SQLite", floor));
        }
        table.print(System.out);
        System.out.println((config == null ? "The file is open and in the system's cache. " : "")
                + "Opening reads, decrypts and unpacks everything" + " and builds the index of words and vectors. Seed "
                + seed + ".");
        return 0;
    }

    private static HearthConfig opened(TemporaryFolder folder, @Nullable Path config) {
        if (config == null) {
            return HearthConfig.in(folder.path());
        }
        Config chosen = ConfigReader.read(config, Map.of(), Map.of());
        return HearthConfig.in(chosen.data()).withStores(new ChosenStores(chosen.stores(), new Guarding()));
    }

    /**
     * Opens relationships again and again.
     *
     * @param copies whether relationships have copies in the hot store
     * @param asking takes how long the store alone takes to tell whether such a copy is the present one
     */
    private void measure(HearthConfig chosen, String run, boolean copies, Samples opening, Samples asking) {
        AtomicReference<WarmStore> warm = new AtomicReference<>();
        AtomicLong ranges = new AtomicLong();
        int uncopied = 0;
        HearthConfig opened = chosen.withStores((config, clock, keeper) -> {
            Stores.Opened stores = chosen.stores().open(config, clock, keeper);
            warm.set(stores.warm());
            return this.config == null ? stores : counting(stores, ranges);
        });
        Settings defaults = Settings.defaults();
        // Room for none: whatever nobody uses is let go of at once.
        Settings forgetful = new Settings(
                defaults.project(),
                defaults.sessionGap(),
                defaults.turn(),
                1,
                defaults.extraction(),
                new Tiers(copies ? Duration.ofDays(7) : Duration.ZERO, Tiers.DEFAULT.warm(), 1));
        try (EmbeddedHearth hearth = new EmbeddedHearth(opened.withSettings(forgetful), new NoiseEmbedder())) {
            List<String> relationships = new ArrayList<>();
            Map<String, Long> kept = new HashMap<>();
            for (Conversation conversation : Conversation.madeUp()) {
                String relationship = hearth.relationship(run + conversation.user());
                hearth.engine().relationships().importMessages(relationship, conversation.messages());
                int ignored = hearth.engine().folding().fold(relationship);
                relationships.add(relationship);
                // What is said twice is one memory.
                kept.put(
                        relationship,
                        hearth.engine().relationships().get(relationship).memories());
            }
            Random random = new Random(seed);
            for (int i = 0; i < WARM_UP + TIMED; i++) {
                String relationship = relationships.get(random.nextInt(relationships.size()));
                long before = ranges.get();
                long start = System.nanoTime();
                long memories =
                        hearth.engine().relationships().get(relationship).memories();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                if (memories != kept.getOrDefault(relationship, 0L)
                        || hearth.engine().held().relationships() > 1) {
                    throw new IllegalStateException("The relationship was not opened from the store.");
                }
                long asked = System.nanoTime();
                ask(warm.get(), relationship);
                if (i >= WARM_UP) {
                    // Whoever opens a relationship from its copy reads no range of the warm store.
                    uncopied += ranges.get() > before ? 1 : 0;
                    opening.add(took);
                    asking.add(Duration.ofNanos(System.nanoTime() - asked));
                }
            }
            if (copies) {
                tellBytes(hearth, relationships);
                System.out.println(uncopied + " of " + TIMED + " were opened from the warm store for want of a copy.");
            }
        }
    }

    private static Stores.Opened counting(Stores.Opened stores, AtomicLong ranges) {
        WarmStore warm = (WarmStore) Proxy.newProxyInstance(
                WarmStore.class.getClassLoader(), new Class<?>[] {WarmStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("exclusive")) {
                        // As if other servers shared it, so that copies are kept beside a file too.
                        return false;
                    }
                    ranges.addAndGet(method.getName().equals("range") ? 1 : 0);
                    try {
                        return method.invoke(stores.warm(), arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        return new Stores.Opened(
                warm, stores.hot(), stores.leases(), stores.cold(), stores.keys(), stores.erasures(), stores.vectors());
    }

    private static void tellBytes(EmbeddedHearth hearth, List<String> relationships) {
        long hot = 0;
        long warm = 0;
        for (String relationship : relationships) {
            Storage storage = hearth.engine().storages().of(relationship);
            hot += storage.hot().bytes();
            warm += storage.warm().bytes();
        }
        System.out.printf(
                Locale.ROOT,
                "A copy takes %,d bytes where the relationship's records take %,d in the warm store.%n",
                hot / relationships.size(),
                warm / relationships.size());
    }

    private static void ask(WarmStore warm, String relationship) {
        RelationshipKey key = RelationshipKey.of(
                EntityId.parse(EntityId.Kind.RELATIONSHIP, relationship).orElseThrow());
        Deadline deadline = Deadline.after(Clock.system(), Duration.ofSeconds(5));
        if (warm.get(key.partition(), key.head(), deadline) == null) {
            throw new IllegalStateException("The relationship has no head.");
        }
    }

    private static String[] line(String what, Samples took) {
        return new String[] {
            what,
            Table.number(took.median(), 2),
            Table.number(took.percentile(95), 2),
            Table.number(took.percentile(99), 2),
            Table.number(took.highest(), 2)
        };
    }

    /** The messages and vectors of a file, by plain JDBC. */
    private static void read(Path file, Samples floor) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement range =
                        connection.prepareStatement("SELECT key, value FROM item WHERE key >= ? AND key < ?")) {
            for (int i = 0; i < WARM_UP; i++) {
                long start = System.nanoTime();
                long bytes = read(range, "r/0000/m/", "r/0000/m0") + read(range, "r/0000/v/", "r/0000/v0");
                if (bytes > 0 && i >= WARM_UP / 2) {
                    floor.add(Duration.ofNanos(System.nanoTime() - start));
                }
            }
        }
    }

    private static long read(PreparedStatement range, String from, String to) throws SQLException {
        range.setString(1, from);
        range.setString(2, to);
        long bytes = 0;
        try (ResultSet row = range.executeQuery()) {
            while (row.next()) {
                bytes += row.getString(1).length() + row.getBytes(2).length;
            }
        }
        return bytes;
    }
}
