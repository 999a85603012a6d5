package dev.hearth.bench.load;

import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.TemporaryFolder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench turns}. */
@Command(
        name = "turns",
        mixinStandardHelpOptions = true,
        description = "Durable turns a second of a real server over HTTP, with the offline voice, from this machine:"
                + " the clients take their share of the processor.")
public final class BenchTurns implements Callable<Integer> {

    private static final Duration WARM_UP = Duration.ofSeconds(8);

    @Option(names = "--seconds", paramLabel = "S", description = "How long each run is measured (default 20).")
    private int seconds = 20;

    @Option(
            names = "--relationships",
            paramLabel = "N",
            description = "Relationships, each of its own user (default 200).")
    private int relationships = 200;

    @Option(names = "--clients", paramLabel = "N", description = "Turns in flight at once (default 64).")
    private int clients = 64;

    @Option(
            names = "--no-embedder",
            description = "Measure without the embedder only; otherwise with it, then without.")
    private boolean noEmbedder;

    @Override
    public Integer call() {
        if (!noEmbedder) {
            measure(true);
        }
        measure(false);
        return 0;
    }

    private void measure(boolean embedder) {
        TurnLoad.Result result;
        Samples flush;
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            flush = FlushTime.in(folder.path());
            try (ServerProcess server = ServerProcess.start(folder.path(), embedder);
                    HearthClient client = new HearthClient(server.address())) {
                TurnLoad load = new TurnLoad(client, relationships);
                load.run(server, clients, WARM_UP);
                result = load.run(server, clients, Duration.ofSeconds(seconds));
            }
        }
        print(embedder, result, flush);
    }

    private void print(boolean embedder, TurnLoad.Result result, Samples flush) {
        new Table(embedder ? "with the embedder" : "without the embedder", "turns/s", "p50 ms", "p99 ms", "errors")
                .row(
                        relationships + " relationships, " + clients + " clients",
                        Table.number(result.turnsPerSecond(), 0),
                        Table.number(result.latency().median(), 1),
                        Table.number(result.latency().percentile(99), 1),
                        errors(result.errors()))
                .print(System.out);
        System.out.println("server " + Table.number(result.serverCores(), 2) + " cores, clients "
                + Table.number(result.clientCores(), 2) + " cores, everything else "
                + Table.number(result.otherCores(), 2) + " cores of " + cores() + "; a flush of 4 KB takes "
                + Table.number(flush.median(), 2) + " ms; " + result.degraded() + " turns degraded");
        System.out.println("median steps, ms: "
                + result.steps().entrySet().stream()
                        .map(step -> step.getKey() + " "
                                + Table.number(step.getValue().median(), 1))
                        .collect(Collectors.joining(", ")));
        System.out.println("Bounded by " + bound(embedder, result) + "\n");
    }

    private static String bound(boolean embedder, TurnLoad.Result result) {
        double idle = cores() - result.serverCores() - result.clientCores() - result.otherCores();
        if (idle > 0.15 * cores()) {
            return "waiting for the disk: " + Table.number(idle, 2) + " cores were idle.";
        }
        String disturbed = result.otherCores() > 0.1 * cores() ? " Other programs took part of it: measure again." : "";
        return "the processor" + (embedder ? ", most of it the embedding of messages and replies." : ".") + disturbed;
    }

    private static String errors(Map<String, AtomicLong> errors) {
        return errors.isEmpty() ? "0" : errors.toString();
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
