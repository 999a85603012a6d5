package dev.hearth.bench.stream;

import dev.hearth.bench.child.CoreShare;
import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ProcessFigures;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.testkit.FakeModelAnswer;
import dev.hearth.testkit.FakeModelEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench streams}. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description =
                "Holds event feeds and turns whose model takes its time open on one real server, and takes ordinary"
                        + " turns meanwhile. Target: 2,000 streams, no errors, RSS below 1.5 GB.")
public final class BenchStreams implements Callable<Integer> {

    private static final int FEEDS_A_RELATIONSHIP = 4;
    private static final int ORDINARY_BEFORE = 300;
    private static final long ORDINARY_EVERY_MILLIS = 200;
    private static final double SILENCE_AT_MOST = 20;
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** For databases, libraries and the connections of ordinary turns. */
    private static final long OTHER_FILES = 1_000;

    @Option(names = "--feeds", paramLabel = "N", description = "Event feeds (default 1800).")
    private int feeds = 1_800;

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "Turns that stream from a silent model (default 200; the server takes 256 turns at once).")
    private int turns = 200;

    @Option(names = "--seconds", paramLabel = "S", description = "How long all are held open (default 60).")
    private int seconds = 60;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Samples before = new Samples();
    private final Samples meanwhile = new Samples();
    private final List<String> errors = new ArrayList<>();
    private int ordinary;
    private long eventsDue;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FakeModelEndpoint model = FakeModelEndpoint.start();
                TemporaryFolder folder = TemporaryFolder.make();
                ServerProcess server = ServerProcess.start(folder.path(), model.baseUrl());
                HearthClient client = new HearthClient(server.address())) {
            if (!enoughFiles(server.figures())) {
                return 1;
            }
            client.companion(Door.COMPANION);
            List<String> followed =
                    relationships(client, "user", (feeds + FEEDS_A_RELATIONSHIP - 1) / FEEDS_A_RELATIONSHIP);
            relationships(client, "held", turns);
            for (int i = 0; i < ORDINARY_BEFORE; i++) {
                ordinaryTurn(client, followed, before);
            }
            double memoryBefore = server.figures().memory();
            for (int i = 0; i < turns; i++) {
                model.answer(FakeModelAnswer.stream()
                        .say("Well,")
                        .waitFor(goOn)
                        .say(" then.")
                        .finish("stop")
                        .done());
            }
            hold(server, client, followed, memoryBefore);
        }
        errors.stream().limit(10).forEach(error -> System.out.println("ERROR " + error));
        return errors.isEmpty() ? 0 : 1;
    }

    private void hold(ServerProcess server, HearthClient client, List<String> followed, double memoryBefore)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (OpenStreams spoken = new OpenStreams(
                        server.address(),
                        turns,
                        "turn.completed",
                        (wire, i) -> Door.NATIVE.send(wire, "held-" + i, SmallTalk.line(i), true));
                OpenStreams followers = new OpenStreams(
                        server.address(),
                        feeds,
                        "none",
                        (wire, i) -> wire.send(
                                "GET",
                                "/v1/relationships/" + followed.get(i / FEEDS_A_RELATIONSHIP) + "/events",
                                "text/event-stream",
                                ""))) {
            Duration opening = Duration.ofNanos(System.nanoTime() - start);
            double memoryOpen = server.figures().memory();
            long files = server.figures().openFiles();
            CoreShare share = new CoreShare(server);
            long from = System.nanoTime();
            while (System.nanoTime() - from < Duration.ofSeconds(seconds).toNanos()) {
                String relationship = ordinaryTurn(client, followed, meanwhile);
                int at = followed.indexOf(relationship);
                eventsDue += Math.min(FEEDS_A_RELATIONSHIP, feeds - at * FEEDS_A_RELATIONSHIP);
                Thread.sleep(ORDINARY_EVERY_MILLIS);
            }
            CoreShare.Used cores = share.used();
            long openStill = open(spoken) + open(followers);
            goOn.countDown();
            await(() -> spoken.streams().stream().allMatch(HeldStream::ended) && followers.events() >= eventsDue);
            judge(spoken, followers);
            ProcessFigures figures = server.figures();
            new Table("streams", "open", "beats", "longest silence, s", "broken")
                    .row(row("event feeds", feeds, followers))
                    .row(row("turns of a silent model", turns, spoken))
                    .print(System.out);
            new Table("ordinary turn, ms", "turns", "p50", "p99", "highest")
                    .row(row("before", before))
                    .row(row("with the streams open", meanwhile))
                    .print(System.out);
            System.out.println(openStill + " streams open for " + seconds + " s, opened in "
                    + Table.number(opening.toMillis() / 1000.0, 1) + " s; " + followers.events() + " of " + eventsDue
                    + " events came; " + completed(spoken) + " of " + turns + " held turns were completed; errors: "
                    + errors.size() + ".");
            System.out.println("RSS of the server: " + megabytes(memoryBefore) + " before, " + megabytes(memoryOpen)
                    + " with all open, " + megabytes(figures.memory()) + " in the end, "
                    + megabytes(figures.mostMemory())
                    + " at most; " + files + " open files of " + figures.openFilesLimit() + "; "
                    + Table.number(cores.server(), 2) + " cores of "
                    + Runtime.getRuntime().availableProcessors() + " while they were open, everything else "
                    + Table.number(cores.other(), 2) + ".");
        }
    }

    private boolean enoughFiles(ProcessFigures server) {
        long needed = feeds + 2L * turns + OTHER_FILES;
        long least = Math.min(server.openFilesLimit(), ProcessFigures.own().openFilesLimit());
        if (least < needed) {
            System.out.println("A process may have " + least + " files open here, and " + needed
                    + " are needed. Raise it with: ulimit -n " + needed);
        }
        return least >= needed;
    }

    private static List<String> relationships(HearthClient client, String name, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(client.ensure(Door.COMPANION, name + "-" + i));
        }
        return ids;
    }

    /** Takes a turn in the next relationship, which it answers. */
    private String ordinaryTurn(HearthClient client, List<String> relationships, Samples samples) {
        String relationship = relationships.get(ordinary % relationships.size());
        long start = System.nanoTime();
        HearthClient.Answer answer = client.turn(relationship, SmallTalk.line(ordinary), null);
        samples.add(Duration.ofNanos(System.nanoTime() - start));
        if (!answer.ok()) {
            errors.add("an ordinary turn was answered with " + answer.status() + ": " + answer.code());
        }
        ordinary++;
        return relationship;
    }

    private static void await(java.util.function.BooleanSupplier done) throws InterruptedException {
        long from = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - from < GRACE.toNanos()) {
            Thread.sleep(20);
        }
    }

    private void judge(OpenStreams spoken, OpenStreams followers) {
        spoken.refused().forEach(why -> errors.add("a turn was not begun: " + why));
        followers.refused().forEach(why -> errors.add("a feed was not opened: " + why));
        for (HeldStream turn : spoken.streams()) {
            if (!turn.completed()) {
                errors.add("a held turn was not completed: " + turn.broken());
            }
        }
        for (HeldStream feed : followers.streams()) {
            if (feed.ended()) {
                errors.add("a feed ended: " + feed.broken());
            } else if (feed.longestSilenceSeconds() > SILENCE_AT_MOST) {
                errors.add("a feed was silent for " + Table.number(feed.longestSilenceSeconds(), 1) + " s");
            }
        }
        if (followers.events() != eventsDue) {
            errors.add(followers.events() + " events came where " + eventsDue + " were due");
        }
    }

    private static long open(OpenStreams streams) {
        return streams.streams().stream().filter(stream -> !stream.ended()).count();
    }

    private static long completed(OpenStreams streams) {
        return streams.streams().stream().filter(HeldStream::completed).count();
    }

    private static String[] row(String name, int wanted, OpenStreams streams) {
        return new String[] {
            name,
            streams.streams().size() + " of " + wanted,
            String.valueOf(streams.beats()),
            Table.number(streams.longestSilenceSeconds(), 1),
            String.valueOf(streams.broken())
        };
    }

    private static String[] row(String name, Samples samples) {
        return new String[] {
            name,
            String.valueOf(samples.count()),
            Table.number(samples.median(), 1),
            Table.number(samples.percentile(99), 1),
            Table.number(samples.highest(), 1)
        };
    }

    private static String megabytes(double value) {
        return Table.number(value, 0) + " MB";
    }
}
