package dev.hearth.bench.tiers;

import dev.hearth.HearthConfig;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.Settings;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.server.stores.ChosenStores;
import dev.hearth.server.stores.Guarding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench tiers}. */
@Command(
        name = "tiers",
        mixinStandardHelpOptions = true,
        description = "Times searches that read the cold store, and counts missed deadlines while a store is stalled."
                + " Targets: p99 120 ms, 0 missed.")
public final class BenchTiers implements Callable<Integer> {

    private static final int WARM_UP = 100;
    private static final int LIMIT = 10;
    private static final int SHORT = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOTHING = "ok, thanks";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Uses the stores of this configuration, as `hearth stack up` writes one, under users of their own.")
    private @Nullable Path config;

    @Option(names = "--messages", paramLabel = "N", description = "Old messages of the relationship (default 5000).")
    private int messages = 5_000;

    @Option(names = "--searches", paramLabel = "N", description = "Searches timed of each kind (default 500).")
    private int searches = 500;

    @Option(
            names = "--stalled",
            paramLabel = "N",
            description = "Calls of each kind while a store is stalled (default 10000); 0 for none.")
    private int stalled = 10_000;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Relationships that are asked at the same time while a store is stalled (default 50).")
    private int atOnce = 50;

    private final Table timed = new Table("ms", "p50", "p95", "p99", "highest", "objects");
    private final Table late = new Table(
            "while a store is stalled",
            "calls",
            "p50",
            "p99",
            "p99.9",
            "highest",
            "missed",
            "failed",
            "empty",
            "said so");

    @Override
    public Integer call() {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            HearthConfig opened = HearthConfig.in(folder.path());
            if (config != null) {
                Config chosen = ConfigReader.read(config, Map.of(), Map.of());
                opened = HearthConfig.in(chosen.data()).withStores(new ChosenStores(chosen.stores(), new Guarding()));
            }
            // A shared store keeps what earlier runs left.
            String run = config == null ? "" : Long.toString(System.nanoTime(), 36) + "-";
            String relationship;
            try (TierWorld world = new TierWorld(opened, Settings.defaults().residentBytes(), false, false)) {
                relationship = OldTalk.of(world.hearth(), run + "long", messages, 0, false);
                world.age(List.of(relationship));
            }
            time(opened, relationship, false);
            time(opened, relationship, true);
            timed.print(System.out);
            System.out.printf(
                    "Each is of a relationship of %,d old messages that is not in memory: opening it is part of it."
                            + " Vectors are made up.%n",
                    messages);
            if (stalled > 0) {
                stall(opened, run);
                System.out.println();
                late.print(System.out);
                System.out.printf(
                        "Budget 200 ms; missed: over 225 ms. %d relationships at a time, of which nothing cold is in memory. of"
                                + " what was said often: with memories that repeat others, which are cold.%n"
                                + "failed: calls without an answer; empty: calls without any memory, which they say; said so: calls"
                                + " without what is cold,%nwhich they say.%n",
                        atOnce);
            }
        }
        return 0;
    }

    private void time(HearthConfig opened, String relationship, boolean cached) {
        try (TierWorld world = new TierWorld(opened, 1, cached, true)) {
            if (!cached) {
                Samples opening = new Samples();
                Samples small = new Samples();
                for (int i = -WARM_UP; i < searches; i++) {
                    long start = System.nanoTime();
                    long ignored = world.hearth()
                            .engine()
                            .relationships()
                            .get(relationship)
                            .memories();
                    add(opening, i, start);
                    start = System.nanoTime();
                    requireWhole(search(world, relationship, NOTHING));
                    add(small, i, start);
                }
                row("opening it", opening, 0);
                row("a search that is worth no object", small, 0);
            }
            Samples fetching = new Samples();
            long before = 0;
            for (int i = -WARM_UP; i < searches; i++) {
                before = i == 0 ? world.coldReads() : before;
                long start = System.nanoTime();
                SearchResult result = search(world, relationship, SmallTalk.question(i + WARM_UP));
                add(fetching, i, start);
                requireWhole(result);
            }
            row(
                    cached ? "a search that reads the hot store" : "a search that reads the cold store",
                    fetching,
                    (double) (world.coldReads() - before) / searches);
        }
    }

    private static SearchResult search(TierWorld world, String relationship, String text) {
        return world.hearth().engine().memories().search(relationship, new SearchRequest(text, LIMIT, null, PATIENCE));
    }

    private static void requireWhole(SearchResult result) {
        if (!result.degraded().isEmpty()) {
            throw new IllegalStateException("A search was degraded: " + result.degraded());
        }
    }

    private static void add(Samples samples, int number, long start) {
        if (number >= 0) {
            samples.add(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void row(String what, Samples took, double objects) {
        timed.row(
                what,
                Table.number(took.median(), 1),
                Table.number(took.percentile(95), 1),
                Table.number(took.percentile(99), 1),
                Table.number(took.highest(), 1),
                Table.number(objects, 1));
    }

    private void stall(HearthConfig opened, String run) {
        long room = Settings.defaults().residentBytes();
        List<String> plain = new ArrayList<>();
        List<String> again = new ArrayList<>();
        try (TierWorld world = new TierWorld(opened, room, true, false)) {
            for (int i = 0; i < atOnce; i++) {
                plain.add(OldTalk.of(world.hearth(), run + "plain-" + i, SHORT, 1_000L * i, false));
                again.add(OldTalk.of(world.hearth(), run + "again-" + i, SHORT, 1_000L * i, true));
            }
            world.age(plain);
            world.age(again);
            world.stallCold();
            Stalled ignored = Stalled.searches(world, plain, WARM_UP * atOnce / 10);
            stalledRow("cold store, searches", Stalled.searches(world, plain, stalled));
            stalledRow("cold store, prompts", Stalled.prompts(world, plain, stalled));
            stalledRow("cold store, prompts, of what was said often", Stalled.prompts(world, again, stalled / 10));
            stalledRow("cold store, searches, of what was said often", Stalled.searches(world, again, atOnce));
        }
        try (TierWorld world = new TierWorld(opened, room, true, true)) {
            world.stallHot();
            Stalled ignored = Stalled.searches(world, plain, WARM_UP * atOnce / 10);
            stalledRow("hot store, searches", Stalled.searches(world, plain, stalled));
            stalledRow("hot store, prompts", Stalled.prompts(world, plain, stalled));
        }
    }

    private void stalledRow(String what, Stalled result) {
        late.row(
                what,
                String.valueOf(result.took().count()),
                Table.number(result.took().median(), 0),
                Table.number(result.took().percentile(99), 0),
                Table.number(result.took().percentile(99.9), 0),
                Table.number(result.took().highest(), 0),
                String.valueOf(result.late()),
                String.valueOf(result.failed()),
                String.valueOf(result.empty()),
                String.valueOf(result.named()));
    }
}
