package dev.hearth.bench.speed;

import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.kernel.vector.Kernels;
import dev.hearth.testkit.HashEmbedder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench search}. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Times searches of one relationship, without the query's embedding. Target: p99 3 ms at 10,000.")
public final class BenchSearch implements Callable<Integer> {

    private static final int DIMENSION = 384;
    private static final int WARM_UP = 4_000;
    private static final int TIMED = 5_000;
    private static final int LIMIT = 10;

    @Option(names = "--memories", paramLabel = "N", description = "Memories in the relationship (default 10000).")
    private int memories = 10_000;

    @Override
    public Integer call() {
        String kernel = Kernels.chosenName();
        Samples took = new Samples();
        try (TemporaryFolder folder = TemporaryFolder.make();
                // Vectors that cost nothing to make; a search takes as long over them as over the real ones.
                EmbeddedHearth hearth = new EmbeddedHearth(folder.path(), new HashEmbedder(DIMENSION))) {
            String relationship = ImportedTalk.of(hearth, memories);
            for (int i = 0; i < WARM_UP; i++) {
                search(hearth, relationship, i);
            }
            for (int i = 0; i < TIMED; i++) {
                took.add(search(hearth, relationship, WARM_UP + i).took());
            }
        }
        new Table("ms", "p50", "p95", "p99", "highest")
                .row(
                        "search of " + memories,
                        Table.number(took.median(), 2),
                        Table.number(took.percentile(95), 2),
                        Table.number(took.percentile(99), 2),
                        Table.number(took.highest(), 2))
                .print(System.out);
        System.out.println("Bounded by the processor: one core scans and ranks every memory, then the " + LIMIT
                + " best are read from the store and decrypted. Scan by " + kernel + ".");
        return 0;
    }

    private static SearchResult search(EmbeddedHearth hearth, String relationship, int number) {
        return hearth.engine()
                .memories()
                .search(relationship, new SearchRequest(SmallTalk.question(number), LIMIT, null, null));
    }
}
