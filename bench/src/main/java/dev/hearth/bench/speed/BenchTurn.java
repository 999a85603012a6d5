package dev.hearth.bench.speed;

import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench turn}. */
@Command(
        name = "turn",
        mixinStandardHelpOptions = true,
        description =
                "Times turns of one relationship with the offline voice and the real embedder, one after the other."
                        + " Target: p50 15 ms, p99 50 ms with 1,000 memories.")
public final class BenchTurn implements Callable<Integer> {

    @Option(names = "--memories", paramLabel = "N", description = "Memories before the first turn (default 1000).")
    private int memories = 1_000;

    @Option(names = "--turns", paramLabel = "N", description = "Turns timed (default 1000); 200 more warm up.")
    private int turns = 1_000;

    @Option(
            names = "--pause-ms",
            paramLabel = "MS",
            description = "Pause between turns (default 20): the reply before is embedded meanwhile. 0 for none.")
    private int pause = 20;

    private static final int WARM_UP = 200;

    private final Samples whole = new Samples();
    private final Map<String, Samples> steps = new LinkedHashMap<>();
    private int degraded;

    @Override
    public Integer call() throws InterruptedException {
        long left;
        try (TemporaryFolder folder = TemporaryFolder.make();
                EmbeddedHearth hearth = new EmbeddedHearth(folder.path(), OnnxEmbedder.open())) {
            String relationship = ImportedTalk.of(hearth, memories);
            for (int i = 0; i < WARM_UP + turns; i++) {
                take(hearth, relationship, i, i >= WARM_UP);
                Thread.sleep(pause);
            }
            left = hearth.engine().relationships().get(relationship).memories();
        }
        print(left);
        return 0;
    }

    private void take(EmbeddedHearth hearth, String relationship, int number, boolean timed) {
        TurnRequest request = new TurnRequest(relationship, SmallTalk.line(1_000_000L + number), null, "key-" + number);
        long start = System.nanoTime();
        TurnResult result = hearth.engine().turns().take(request, event -> {});
        long took = System.nanoTime() - start;
        if (!timed) {
            return;
        }
        whole.add(Duration.ofNanos(took));
        degraded += result.degraded().isEmpty() ? 0 : 1;
        double rest = took / 1e6;
        for (TurnTrace.Step step :
                hearth.engine().turns().trace(result.turnId()).steps()) {
            steps.computeIfAbsent(step.name(), name -> new Samples()).add(step.millis());
            rest -= step.millis();
        }
        // The trace is part of what is committed, so that it cannot hold the commit itself.
        steps.computeIfAbsent("commit and the rest", name -> new Samples()).add(rest);
    }

    private void print(long left) {
        Table table = new Table("ms", "p50", "p95", "p99", "highest");
        row(table, "whole turn", whole);
        steps.forEach((name, samples) -> row(table, "  " + name, samples));
        table.print(System.out);
        System.out.println(turns + " turns, " + memories + " memories before the first and " + left
                + " after the last; " + degraded + " degraded.");
        String slowest = steps.entrySet().stream()
                .max(Comparator.comparingDouble(step -> step.getValue().median()))
                .map(Map.Entry::getKey)
                .orElse("nothing");
        System.out.println("Bounded by " + slowest + (slowest.equals("recall") ? ": the message's embedding." : "."));
    }

    private static void row(Table table, String name, Samples samples) {
        table.row(
                name,
                Table.number(samples.median(), 2),
                Table.number(samples.percentile(95), 2),
                Table.number(samples.percentile(99), 2),
                Table.number(samples.highest(), 2));
    }
}
