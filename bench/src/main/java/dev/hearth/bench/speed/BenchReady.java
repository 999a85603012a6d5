package dev.hearth.bench.speed;

import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.bench.world.TemporaryFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench ready}. */
@Command(
        name = "ready",
        mixinStandardHelpOptions = true,
        description = "Times the start of a built server, from exec to the first 200 of /ready. Target: 3 s.")
public final class BenchReady implements Callable<Integer> {

    private static final String COMPANION = "bench";
    private static final int USERS = 50;
    private static final int TURNS = 10;

    @Option(names = "--runs", paramLabel = "N", description = "Starts of each kind (default 5).")
    private int runs = 5;

    @Override
    public Integer call() {
        Samples empty = new Samples();
        Samples used = new Samples();
        Samples killed = new Samples();
        for (int run = 0; run < runs; run++) {
            try (TemporaryFolder folder = TemporaryFolder.make();
                    ServerProcess server = ServerProcess.start(folder.path(), true)) {
                empty.add(server.ready());
            }
        }
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            use(folder.path());
            for (int run = 0; run < runs; run++) {
                try (ServerProcess server = ServerProcess.start(folder.path(), true)) {
                    used.add(server.ready());
                    server.kill();
                }
                try (ServerProcess server = ServerProcess.start(folder.path(), true)) {
                    killed.add(server.ready());
                }
            }
        }
        Table table = new Table("ms", "median", "highest");
        row(table, "empty data folder", empty);
        row(table, USERS + " users, ended orderly", used);
        row(table, USERS + " users, after kill -9", killed);
        table.print(System.out);
        System.out.println(
                "Bounded by the start of the JVM and the loading of the embedding model, on " + cores() + " cores.");
        return 0;
    }

    private static void use(Path folder) {
        try (ServerProcess server = ServerProcess.start(folder, true);
                HearthClient client = new HearthClient(server.address())) {
            client.companion(COMPANION);
            for (int user = 0; user < USERS; user++) {
                String relationship = client.ensure(COMPANION, "user " + user);
                for (int turn = 0; turn < TURNS; turn++) {
                    client.turn(relationship, SmallTalk.line((long) user * TURNS + turn), null);
                }
            }
        }
    }

    private static void row(Table table, String name, Samples samples) {
        table.row(name, Table.number(samples.median(), 0), Table.number(samples.highest(), 0));
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
