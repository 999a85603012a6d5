package dev.hearth.bench.clone;

import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench clone}. */
@Command(
        name = "clone",
        mixinStandardHelpOptions = true,
        description =
                "Clones the project into a temporary folder, runs README's commands there as they are written, and"
                        + " times how long the first remembered reply takes. What is not committed is not measured. Target:"
                        + " 5 minutes on 2 cores.")
public final class BenchClone implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** README's commands leave it at its default. */
    private static final int PORT = 8080;
    /** Of README's first message; only who remembers can say it in answer to the second. */
    private static final String REMEMBERED = "Friday";

    @Option(names = "--from", paramLabel = "URL", description = "What to clone (default: this project).")
    private @Nullable String from;

    @Option(
            names = "--empty-repository",
            description = "Begin with an empty Maven repository: everything is downloaded, as on a new machine.")
    private boolean emptyRepository;

    private final Map<String, Duration> steps = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (portTaken()) {
            System.out.println("Port " + PORT + " of this machine is taken, and README's commands use it. Stop what"
                    + " listens there and run this again.");
            return 1;
        }
        String reply;
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            reply = run(folder.path());
        }
        Duration whole = steps.values().stream().reduce(Duration.ZERO, Duration::plus);
        steps.put("in all", whole);
        Table table = new Table("step", "seconds");
        steps.forEach((step, took) -> table.row(step, Table.number(took.toMillis() / 1000.0, 1)));
        table.print(System.out);
        System.out.println((emptyRepository ? "With an empty" : "With the user's own") + " Maven repository, on "
                + Runtime.getRuntime().availableProcessors() + " cores. The last reply: " + reply);
        return reply.contains(REMEMBERED) ? 0 : 1;
    }

    private String run(Path folder) throws IOException, InterruptedException {
        Path project = folder.resolve("hearth");
        Map<String, String> environment = emptyRepository ? emptyRepository(folder.resolve("maven")) : Map.of();
        long start = System.nanoTime();
        try (Shell clone = new Shell(
                List.of("git", "clone", "--quiet", source(), project.toString()),
                folder,
                folder.resolve("clone.log"),
                Map.of())) {
            clone.await(PATIENCE);
        }
        start = done("git clone", start);
        ReadmeCommands commands = ReadmeCommands.of(project.resolve("README.md"));
        try (Shell server = sh(commands.serve(), project, folder.resolve("serve.log"), environment)) {
            server.awaitSaid(said -> said.contains("Hearth is ready"), PATIENCE);
            start = done("./hearth serve, until it says that it is ready", start);
            try (Shell talk = sh("set -e\n" + commands.talk(), project, folder.resolve("talk.log"), environment)) {
                String said = talk.await(PATIENCE);
                done("the commands to talk, until the last reply", start);
                return lastReply(said);
            }
        }
    }

    private static Shell sh(String script, Path folder, Path output, Map<String, String> environment)
            throws IOException {
        return new Shell(List.of("sh", "-c", script), folder, output, environment);
    }

    private long done(String step, long start) {
        long now = System.nanoTime();
        steps.put(step, Duration.ofNanos(now - start));
        return now;
    }

    private static String lastReply(String said) {
        int last = said.lastIndexOf("{\"turn_id\"");
        return said.substring(Math.max(0, last)).strip();
    }

    private static Map<String, String> emptyRepository(Path repository) throws IOException {
        Files.createDirectory(repository);
        String before = System.getenv().getOrDefault("MAVEN_OPTS", "");
        return Map.of("MAVEN_OPTS", before + " -Dmaven.repo.local=" + repository);
    }

    private String source() {
        if (from != null) {
            return from;
        }
        String launcher = System.getenv("HEARTH_LAUNCHER");
        return launcher == null ? "." : String.valueOf(Path.of(launcher).getParent());
    }

    private static boolean portTaken() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
