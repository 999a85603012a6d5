package dev.hearth.bench.stream;

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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench leaving}. */
@Command(
        name = "leaving",
        mixinStandardHelpOptions = true,
        description = "Times how long the model is kept at work for a client that has left: from the closing of the"
                + " client's socket to the closing of the server's connection to the model. Target: 200 ms.")
public final class BenchLeaving implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FIRST = "Certainly";
    private static final long EVERY_MILLIS = 10;
    private static final int PIECES = 1_000;

    @Option(names = "--departures", paramLabel = "N", description = "Departures of each kind (default 200).")
    private int departures = 200;

    /** A permit for each time that the model has come as far as it was to be left at. */
    private final Semaphore reached = new Semaphore(0);

    private int unended;

    /** @param heard whether the client has read the first token before it leaves */
    private record Kind(String name, Door door, boolean streamed, boolean heard, FakeModelAnswer model) {}

    private List<Kind> kinds() {
        FakeModelAnswer silentAtOnce =
                FakeModelAnswer.stream().then(reached::release).hang();
        FakeModelAnswer silent =
                FakeModelAnswer.stream().say(FIRST).then(reached::release).hang();
        FakeModelAnswer busy = FakeModelAnswer.stream().say(FIRST).then(reached::release);
        for (int i = 0; i < PIECES; i++) {
            busy = busy.then(() -> Thread.sleep(EVERY_MILLIS)).say(" and so on");
        }
        return List.of(
                new Kind("stream, before the first token", Door.NATIVE, true, false, silentAtOnce),
                new Kind("stream, the model speaks", Door.NATIVE, true, true, busy),
                new Kind("stream, the model is silent", Door.NATIVE, true, true, silent),
                new Kind("JSON, before the first token", Door.NATIVE, false, false, silentAtOnce),
                new Kind("JSON, the model speaks", Door.NATIVE, false, false, busy),
                new Kind("JSON, the model is silent", Door.NATIVE, false, false, silent),
                new Kind("OpenAI stream, the model speaks", Door.OPENAI, true, true, busy),
                new Kind("OpenAI stream, the model is silent", Door.OPENAI, true, true, silent),
                new Kind("OpenAI JSON, the model is silent", Door.OPENAI, false, false, silent));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Table table = new Table("ms", "p50", "p99", "highest");
        try (FakeModelEndpoint model = FakeModelEndpoint.start();
                TemporaryFolder folder = TemporaryFolder.make();
                ServerProcess server = ServerProcess.start(folder.path(), model.baseUrl());
                HearthClient client = new HearthClient(server.address())) {
            client.companion(Door.COMPANION);
            for (Kind kind : kinds()) {
                Samples samples = measure(kind, model, server, client);
                table.row(
                        kind.name(),
                        Table.number(samples.median(), 2),
                        Table.number(samples.percentile(99), 2),
                        Table.number(samples.highest(), 2));
            }
        }
        table.print(System.out);
        System.out.println(departures + " departures of each kind. Calls that went on for over " + PATIENCE.toSeconds()
                + " s: " + unended + ".");
        return unended == 0 ? 0 : 1;
    }

    private Samples measure(Kind kind, FakeModelEndpoint model, ServerProcess server, HearthClient client)
            throws IOException, InterruptedException {
        String user = kind.name().replaceAll("\\W+", "-");
        client.ensure(Door.COMPANION, user);
        Samples samples = new Samples();
        try (Progress progress = new Progress(kind.name(), departures)) {
            for (int i = 0; i < departures; i++) {
                model.answer(kind.model());
                try (Wire wire = new Wire(server.address(), PATIENCE)) {
                    kind.door().send(wire, user, SmallTalk.line(i), kind.streamed());
                    FakeModelEndpoint.Request request = model.awaitRequest(PATIENCE);
                    if (!reached.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IOException("The model was not heard to its pause.");
                    }
                    if (kind.heard()) {
                        hear(wire);
                    }
                    long left = System.nanoTime();
                    wire.close();
                    if (request.awaitClientGone(PATIENCE)) {
                        samples.add(Duration.ofNanos(System.nanoTime() - left));
                    } else {
                        unended++;
                    }
                }
                progress.at(i);
            }
        }
        return samples;
    }

    private static void hear(Wire wire) throws IOException {
        int status = wire.status();
        String line = wire.line();
        while (status == 200 && line != null && !line.contains(FIRST)) {
            line = wire.line();
        }
        if (status != 200 || line == null) {
            throw new IOException("The turn was answered with " + status + " and " + line + ".");
        }
    }
}
