package dev.hearth.bench.speed;

import dev.hearth.bench.jmh.Synthetic;
import dev.hearth.bench.measure.Progress;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.testkit.HashEmbedder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench memory}. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description =
                "The heap that relationships take while they are held in memory, by what is left after a collection."
                        + " Target: 700 bytes a memory, everything counted.")
public final class BenchMemory implements Callable<Integer> {

    private static final int DIMENSION = 384;
    private static final int BATCH = 1_000;
    private static final int COLLECTIONS = 6;

    @Option(names = "--relationships", paramLabel = "N", description = "Relationships (default 200).")
    private int relationships = 200;

    @Option(names = "--memories", paramLabel = "N", description = "Memories of each (default 1000).")
    private int memories = 1_000;

    @Override
    public Integer call() throws InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            List<String> ids = fill(folder);
            long before;
            long after;
            long estimate;
            long held;
            try (EmbeddedHearth hearth = open(folder)) {
                // One more is loaded before the count begins, so that what all share is there already.
                load(hearth, ids.getFirst());
                before = used();
                long estimateBefore = hearth.engine().held().bytes();
                for (String id : ids.subList(1, ids.size())) {
                    load(hearth, id);
                }
                after = used();
                estimate = hearth.engine().held().bytes() - estimateBefore;
                held = hearth.engine().held().relationships() - 1L;
            }
            double all = (double) held * memories;
            new Table("bytes a memory", "measured", "Hearth's estimate", "of it the vector")
                    .row(
                            held + " relationships of " + memories,
                            Table.number((after - before) / all, 0),
                            Table.number(estimate / all, 0),
                            "" + (DIMENSION + 4))
                    .print(System.out);
            System.out.println(
                    "Messages of 5 to 24 words of a vocabulary of 20,000 by Zipf's law, imported under ids of"
                            + " their own; read from the store, the store's own caches counted as Hearth's.");
            return 0;
        }
    }

    private List<String> fill(TemporaryFolder folder) {
        List<String> ids = new ArrayList<>();
        Instant end = Instant.now().minus(Duration.ofDays(1));
        try (EmbeddedHearth hearth = open(folder);
                Progress progress = new Progress("relationships", relationships + 1L)) {
            for (int relationship = 0; relationship <= relationships; relationship++) {
                Random random = new Random(relationship);
                String id = hearth.relationship("user " + relationship);
                for (int from = 0; from < memories; from += BATCH) {
                    List<Imported> batch = new ArrayList<>();
                    for (int i = from; i < Math.min(memories, from + BATCH); i++) {
                        Message.Role role = i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION;
                        String text = Synthetic.text(random, 5 + random.nextInt(20));
                        batch.add(new Imported("m" + i, role, null, "s" + i / 20, text, end.plusSeconds(i)));
                    }
                    hearth.engine().relationships().importMessages(id, batch);
                }
                ids.add(id);
                progress.at(relationship);
            }
        }
        return ids;
    }

    private static EmbeddedHearth open(TemporaryFolder folder) {
        return new EmbeddedHearth(folder.path(), new HashEmbedder(DIMENSION));
    }

    private static void load(EmbeddedHearth hearth, String relationship) {
        hearth.engine().memories().search(relationship, new SearchRequest("of what", 1, null, null));
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(200);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
