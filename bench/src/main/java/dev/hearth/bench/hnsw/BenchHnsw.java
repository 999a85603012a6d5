package dev.hearth.bench.hnsw;

import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.kernel.vector.Kernels;
import dev.hearth.kernel.vector.Match;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.kernel.vector.RowStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench hnsw}. */
@Command(
        name = "hnsw",
        mixinStandardHelpOptions = true,
        description =
                "The search by meaning of one relationship beside Lucene's HNSW at a recall@10 of 0.99: one index of"
                        + " 100 relationships with a filter, as is usual, and an index of its own. Target: faster than the first,"
                        + " at most twice the second.")
public final class BenchHnsw implements Callable<Integer> {

    private static final int RELATIONSHIPS = 100;
    private static final int QUERIES = 200;
    private static final int PASSES = 12;
    private static final double RECALL = 0.99;

    @Option(
            names = "--memories",
            paramLabel = "N",
            split = ",",
            description = "Memories of the relationship, several with commas between (default 10000,50000).")
    private List<Integer> sizes = List.of(10_000, 50_000);

    @Option(
            names = "--others",
            paramLabel = "N",
            description = "Memories of each of the 99 other relationships (default 500).")
    private int others = 500;

    @Override
    public Integer call() {
        System.out.println("Scan by " + Kernels.chosenName() + "; a Gaussian mixture of " + Mixture.DIMENSION
                + " dimensions, 99 other relationships of " + others + " memories.");
        Table table = new Table(
                "", "build s", "candidates", "recall@10", "p50 us", "p99 us", "hearth p50 / its", "hearth p99 / its");
        for (int size : sizes) {
            measure(size, table);
        }
        table.print(System.out);
        System.out.println(QUERIES + " queries, " + PASSES
                + " passes in turns, one thread. Hearth: all that a query takes, from floats to the ten best.");
        return 0;
    }

    /** Something that finds ten numbers for a query. */
    private record Finder(String name, double buildSeconds, int candidates, Function<float[], int[]> search) {}

    private void measure(int size, Table table) {
        Mixture mixture = new Mixture(size);
        float[][] messages = new float[size][];
        Arrays.setAll(messages, i -> mixture.message());
        float[][] queries = new float[QUERIES][];
        Arrays.setAll(queries, i -> mixture.question(messages[i * (size / QUERIES)]));
        List<List<Integer>> exact =
                Arrays.stream(queries).map(query -> exact(messages, query)).toList();
        try (TemporaryFolder shared = TemporaryFolder.make();
                TemporaryFolder alone = TemporaryFolder.make();
                LuceneIndex all = new LuceneIndex(shared.path());
                LuceneIndex own = new LuceneIndex(alone.path())) {
            List<Finder> finders = new ArrayList<>();
            finders.add(ours(messages));
            double allSeconds = build(all, messages, mixture, RELATIONSHIPS);
            finders.add(tuned("one index, filter", allSeconds, all, true, queries, exact));
            double ownSeconds = build(own, messages, mixture, 1);
            finders.add(tuned("an index of its own", ownSeconds, own, false, queries, exact));
            List<Samples> took = finders.stream().map(finder -> new Samples()).toList();
            for (int pass = -4; pass < PASSES; pass++) {
                for (int i = 0; i < finders.size(); i++) {
                    time(finders.get(i), queries, pass < 0 ? new Samples() : took.get(i));
                }
            }
            for (int i = 0; i < finders.size(); i++) {
                Finder finder = finders.get(i);
                table.row(
                        size + ", " + finder.name(),
                        Table.number(finder.buildSeconds(), 1),
                        finder.candidates() == 0 ? "all" : "" + finder.candidates(),
                        Table.number(recall(finder.search(), queries, exact), 4),
                        Table.number(took.get(i).median(), 0),
                        Table.number(took.get(i).percentile(99), 0),
                        Table.number(took.getFirst().median() / took.get(i).median(), 2),
                        Table.number(
                                took.getFirst().percentile(99) / took.get(i).percentile(99), 2));
            }
        }
    }

    private static Finder ours(float[][] messages) {
        long start = System.nanoTime();
        RowStore store = new RowStore(Mixture.DIMENSION);
        for (int i = 0; i < messages.length; i++) {
            store.put(i, List.of(QuantizedVector.of(messages[i])), true);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Finder(
                "hearth",
                seconds,
                0,
                query -> store.rows().nearest(query, 10).stream()
                        .mapToInt(Match::owner)
                        .toArray());
    }

    private double build(LuceneIndex index, float[][] messages, Mixture mixture, int relationships) {
        long start = System.nanoTime();
        for (int i = 0; i < messages.length; i++) {
            index.add(0, i, messages[i]);
        }
        for (int relationship = 1; relationship < relationships; relationship++) {
            for (int i = 0; i < others; i++) {
                index.add(relationship, i, mixture.message());
            }
        }
        index.finish();
        return (System.nanoTime() - start) / 1e9;
    }

    /** With the fewest candidates that reach the recall. */
    private static Finder tuned(
            String name,
            double seconds,
            LuceneIndex index,
            boolean filtered,
            float[][] queries,
            List<List<Integer>> exact) {
        for (int candidates = 10; ; candidates += Math.max(5, candidates / 5)) {
            int asked = candidates;
            Function<float[], int[]> search = query -> index.search(query, asked, filtered);
            if (recall(search, queries, exact) >= RECALL || candidates > 5_000) {
                return new Finder(name, seconds, candidates, search);
            }
        }
    }

    private static double recall(Function<float[], int[]> search, float[][] queries, List<List<Integer>> exact) {
        long found = 0;
        for (int i = 0; i < queries.length; i++) {
            found += Arrays.stream(search.apply(queries[i]))
                    .filter(exact.get(i)::contains)
                    .count();
        }
        return found / (10.0 * queries.length);
    }

    private static void time(Finder finder, float[][] queries, Samples took) {
        for (float[] query : queries) {
            long start = System.nanoTime();
            int[] found = finder.search().apply(query);
            took.add((System.nanoTime() - start) / 1e3);
            if (found.length != 10) {
                throw new IllegalStateException(finder.name() + " found " + found.length + " instead of 10.");
            }
        }
    }

    private static List<Integer> exact(float[][] messages, float[] query) {
        double[] scores = Arrays.stream(messages)
                .mapToDouble(message -> Mixture.dot(message, query))
                .toArray();
        return IntStream.range(0, messages.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(10)
                .toList();
    }
}
