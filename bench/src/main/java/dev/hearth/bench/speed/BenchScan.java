package dev.hearth.bench.speed;

import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.kernel.vector.Kernels;
import dev.hearth.kernel.vector.Match;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.kernel.vector.RowStore;
import dev.hearth.kernel.vector.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench scan}. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description =
                "The exact scan of every row beside one in C with AVX-512 VNNI, compiled here, of the same rows; each"
                        + " with its 50 best, on one core. Target: 1.6 of its time at 10,000.")
public final class BenchScan implements Callable<Integer> {

    private static final int DIMENSION = 384;
    private static final int BEST = 50;
    private static final int ROUNDS = 8;
    private static final double SECONDS = 0.5;

    @Option(
            names = "--rows",
            paramLabel = "N",
            split = ",",
            description = "Rows, several with commas between (default 1000,10000,50000).")
    private List<Integer> sizes = List.of(1_000, 10_000, 50_000);

    @Override
    public Integer call() {
        System.out.println(
                "Scan by " + Kernels.chosenName() + ", " + DIMENSION + " dimensions, the " + BEST + " best.");
        Table table = new Table("us", "shortest", "median", "in C", "median", "ratio", "of medians", "same best");
        try (NativeScan peer = NativeScan.compile()) {
            if (peer.missing() != null) {
                System.out.println("Nothing to compare with: " + peer.missing() + ".");
            }
            for (int size : sizes) {
                measure(size, peer, table);
            }
        }
        table.print(System.out);
        System.out.println(
                ROUNDS + " rounds of " + SECONDS + " s each, in turns. The ratio is of the shortest times, which"
                        + " other work on the machine disturbs least. Bounded by the processor up to some 3,000 rows, then by"
                        + " what a core reads from the cache that cores share.");
        return 0;
    }

    private void measure(int size, NativeScan peer, Table table) {
        Random random = new Random(size);
        List<QuantizedVector> vectors = new ArrayList<>();
        RowStore store = new RowStore(DIMENSION);
        for (int i = 0; i < size; i++) {
            QuantizedVector vector = QuantizedVector.of(vector(random));
            vectors.add(vector);
            store.put(i, List.of(vector), true);
        }
        float[] query = vector(random);
        Samples ours = new Samples();
        Samples theirs = new Samples();
        long shortest = Long.MAX_VALUE;
        Set<Integer> best = new HashSet<>();
        for (int round = -1; round < ROUNDS; round++) {
            scan(store.rows(), query, round < 0 ? new Samples() : ours);
            if (peer.missing() == null && round >= 0) {
                NativeScan.Run run = peer.run(vectors, QuantizedVector.of(query), BEST, SECONDS);
                shortest = Math.min(shortest, run.shortestNanos());
                theirs.add(run.medianNanos() / 1e3);
                best.addAll(run.best());
            }
        }
        int shared = 0;
        for (Match match : store.rows().nearest(query, BEST)) {
            shared += best.contains(match.row()) ? 1 : 0;
        }
        boolean compared = theirs.count() > 0;
        table.row(
                size + " rows",
                Table.number(ours.percentile(0), 1),
                Table.number(ours.median(), 1),
                compared ? Table.number(shortest / 1e3, 1) : "-",
                compared ? Table.number(theirs.median(), 1) : "-",
                compared ? Table.number(ours.percentile(0) * 1e3 / shortest, 2) : "-",
                compared ? Table.number(ours.median() / theirs.median(), 2) : "-",
                compared ? shared + " of " + Math.min(BEST, size) : "-");
    }

    private void scan(Rows rows, float[] query, Samples took) {
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            int found = rows.nearest(query, BEST).size();
            took.add((System.nanoTime() - start) / 1e3);
            if (found != Math.min(BEST, rows.count())) {
                throw new IllegalStateException("The scan found " + found + " rows.");
            }
        }
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
