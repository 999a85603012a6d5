package dev.hearth.bench.stream;

import dev.hearth.bench.child.CoreShare;
import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.child.Wire;
import dev.hearth.bench.measure.Progress;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.testkit.FakeModelAnswer;
import dev.hearth.testkit.FakeModelEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench first-token}. */
@Command(
        name = "first-token",
        mixinStandardHelpOptions = true,
        description = "Times what a real server adds to a model's first token: from just before the model writes it to"
                + " the client's having read it. Target: p99 5 ms.")
public final class BenchFirstToken implements Callable<Integer> {

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String FIRST = "Certainly";
    private static final int FURTHER = 20;

    @Option(names = "--turns", paramLabel = "N", description = "Turns timed through each door (default 1000).")
    private int turns = 1_000;

    @Option(names = "--warm-up", paramLabel = "N", description = "Turns before the first timed one (default 300).")
    private int warmUp = 300;

    @Option(names = "--pause-ms", paramLabel = "MS", description = "Pause between turns (default 20).")
    private int pause = 20;

    /** Set just before the first token is written: both clocks are this process's. */
    private final AtomicLong spoke = new AtomicLong();

    private final Taken ours = new Taken(new Samples(), new Samples());
    private final Taken openAi = new Taken(new Samples(), new Samples());
    private final Taken direct = new Taken(new Samples(), new Samples());

    /**
     * When the client had read the first token.
     *
     * @param after since the model began to write it
     * @param whole since the request
     */
    private record Taken(Samples after, Samples whole) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FakeModelEndpoint model = FakeModelEndpoint.start().otherwise(answer());
                TemporaryFolder folder = TemporaryFolder.make();
                ServerProcess server = ServerProcess.start(folder.path(), model.baseUrl());
                HearthClient client = new HearthClient(server.address());
                Wire hearth = new Wire(server.address(), SILENCE);
                Wire straight = new Wire(model.baseUrl(), SILENCE);
                Progress progress = new Progress("first token", warmUp + turns)) {
            client.companion(Door.COMPANION);
            for (Door door : Door.values()) {
                client.ensure(Door.COMPANION, door.name());
            }
            CoreShare cores = new CoreShare(server);
            for (int i = 0; i < warmUp + turns; i++) {
                boolean timed = i >= warmUp;
                for (Door door : Door.values()) {
                    long start = System.nanoTime();
                    door.send(hearth, door.name(), SmallTalk.line(i), true);
                    read(hearth, start, timed ? taken(door) : null);
                    Thread.sleep(pause);
                }
                long start = System.nanoTime();
                Door.OPENAI.send(straight, "nobody", SmallTalk.line(i), true);
                read(straight, start, timed ? direct : null);
                progress.at(i);
            }
            print(cores.used());
        }
        return 0;
    }

    private Taken taken(Door door) {
        return switch (door) {
            case NATIVE -> ours;
            case OPENAI -> openAi;
        };
    }

    private FakeModelAnswer answer() {
        FakeModelAnswer answer = FakeModelAnswer.stream()
                .then(() -> spoke.set(System.nanoTime()))
                .say(FIRST);
        for (int i = 0; i < FURTHER; i++) {
            answer = answer.say(" and so on");
        }
        return answer.finish("stop").done();
    }

    private void read(Wire wire, long start, @Nullable Taken taken) throws IOException {
        int status = wire.status();
        if (status != 200) {
            throw new IOException("The turn was answered with " + status + ": " + wire.line());
        }
        for (String line = wire.line(); line == null || !line.contains(FIRST); line = wire.line()) {
            if (line == null) {
                throw new IOException("The stream ended before its first token.");
            }
        }
        long now = System.nanoTime();
        if (taken != null) {
            taken.after().add(Duration.ofNanos(now - spoke.get()));
            taken.whole().add(Duration.ofNanos(now - start));
        }
        wire.drain();
    }

    private void print(CoreShare.Used cores) {
        Table table = new Table("ms", "p50", "p95", "p99", "highest", "since the request: p50", "p99");
        for (Door door : Door.values()) {
            row(table, door + " stream", taken(door));
        }
        row(table, "the model without Hearth", direct);
        table.print(System.out);
        double with = ours.after().median();
        double without = direct.after().median();
        System.out.println(turns + " turns through each door, one after the other, on "
                + Runtime.getRuntime().availableProcessors() + " cores. Hearth adds " + Table.number(with - without, 2)
                + " ms to the median: " + Table.number(with / without, 1) + " times what a token takes without it.");
        System.out.println("Cores in use, warm-up included: the server " + Table.number(cores.server(), 2)
                + ", model and client " + Table.number(cores.own(), 2) + ", everything else "
                + Table.number(cores.other(), 2) + "; measure again where that is much.");
    }

    private static void row(Table table, String name, Taken taken) {
        table.row(
                name,
                Table.number(taken.after().median(), 2),
                Table.number(taken.after().percentile(95), 2),
                Table.number(taken.after().percentile(99), 2),
                Table.number(taken.after().highest(), 2),
                Table.number(taken.whole().median(), 1),
                Table.number(taken.whole().percentile(99), 1));
    }
}
