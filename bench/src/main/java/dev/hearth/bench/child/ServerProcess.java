package dev.hearth.bench.child;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server as {@code hearth serve} starts it: same class path and flags as this process, a free port of loopback. It ends
 * with this object, or else with this process.
 */
public final class ServerProcess implements AutoCloseable {

    /** The key that it takes. */
    static final String KEY = "hk_only_for_measuring";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ORDERLY_SECONDS = 20;
    private static final int LOG_TAIL = 2_000;

    private final Process process;
    private final URI address;
    private final Path log;
    private final Thread atExit;
    private final Duration ready;

    private ServerProcess(Process process, URI address, Path log, long startedNanos) {
        this.process = process;
        this.address = address;
        this.log = log;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        this.ready = awaitReady(startedNanos);
    }

    /** It ended before it was ready, or was not ready in time; the message has the end of its log. */
    public static final class NotReady extends RuntimeException {
        NotReady(String message) {
            super(message);
        }
    }

    /**
     * Starts it with the offline voice and waits until it is ready.
     *
     * @param folder where its log and configuration go; the data are in {@code folder/data}
     * @throws NotReady where it does not come up
     */
    public static ServerProcess start(Path folder, boolean embedder) {
        return start(folder, "embedder: " + (embedder ? "onnx" : "none") + "\nmax_turns_in_flight: 1000\n");
    }

    /**
     * The same with the embedder and a model at an endpoint in place of the offline voice, everything else as it comes.
     *
     * @param model the base URL of an endpoint that speaks OpenAI's chat completions
     */
    public static ServerProcess start(Path folder, URI model) {
        return start(folder, "model:\n  url: " + model + "\n  name: measured\n");
    }

    private static ServerProcess start(Path folder, String configuration) {
        try {
            int port = freePort();
            Path config = folder.resolve("hearth.yaml");
            Files.writeString(config, configuration);
            Path log = folder.resolve("server.log");
            ProcessBuilder builder = new ProcessBuilder(command(port, folder.resolve("data"), config))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .redirectInput(Redirect.from(new File("/dev/null")));
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("HEARTH_"));
            environment.put("HEARTH_API_KEY", KEY);
            // Not on the command line: onnxruntime crashes the process where that is longer than about 3,000
            // characters.
            environment.put("CLASSPATH", System.getProperty("java.class.path"));
            long start = System.nanoTime();
            return new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log, start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(int port, Path data, Path config) {
        List<String> command = new ArrayList<>();
        String launcher = System.getenv("HEARTH_LAUNCHER");
        if (launcher == null) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                    .forEach(command::add);
            command.add("dev.hearth.server.Main");
        } else {
            // As people start it; the launcher becomes the server, so that the handle is the server's own.
            command.add(launcher);
        }
        command.addAll(List.of(
                "serve", "--port", String.valueOf(port), "--data", data.toString(), "--config", config.toString()));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Duration awaitReady(long startedNanos) {
        try (HearthClient client = new HearthClient(address, 1)) {
            while (System.nanoTime() - startedNanos < PATIENCE.toNanos()) {
                if (!process.isAlive()) {
                    throw notReady("The server ended with " + process.exitValue() + " before it was ready");
                }
                if (client.ready()) {
                    return Duration.ofNanos(System.nanoTime() - startedNanos);
                }
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        throw notReady("The server was not ready within " + PATIENCE.toSeconds() + " s");
    }

    private NotReady notReady(String what) {
        String text;
        try {
            text = Files.readString(log).strip();
        } catch (IOException e) {
            text = e.toString();
        }
        return new NotReady(what + ". Its log ends with: " + text.substring(Math.max(0, text.length() - LOG_TAIL)));
    }

    public URI address() {
        return address;
    }

    /** From the start of the process to the first 200 of {@code /ready}. */
    public Duration ready() {
        return ready;
    }

    /** The processor time it has used. */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What the system tells of it. */
    public ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        await(ORDERLY_SECONDS);
    }

    /** Ends it orderly, or by force where that takes too long. */
    @Override
    public void close() {
        process.destroy();
        if (!await(ORDERLY_SECONDS)) {
            kill();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // This process ends already, and its hook has done the same.
            return;
        }
    }

    private boolean await(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
