package dev.hearth.store.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis in a process of its own, without persistence, which can be killed, started again and stalled. */
final class RedisServer implements AutoCloseable {

    static final String PASSWORD = "a-password-of-tests";

    /** A cluster's own port is this much higher, and there are no more than 65,535. */
    private static final int CLUSTER_PORT_DISTANCE = 10_000;

    private static final int SLOTS = 16_384;
    private static final int TRIES = 20;

    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    private RedisServer(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        this.options = options;
        // Redis does not choose a port itself, and another may take the one chosen for it.
        for (int i = 0; i < TRIES; i++) {
            int free = freePort();
            Process started = free + CLUSTER_PORT_DISTANCE > 65_535 ? null : started(free);
            if (started != null) {
                this.port = free;
                this.process = started;
                return;
            }
        }
        throw new IOException("Redis did not start.");
    }

    static RedisServer single(Path folder) throws IOException {
        return new RedisServer(folder, List.of("--requirepass", PASSWORD));
    }

    /** One node that has all slots. */
    static RedisServer cluster(Path folder) throws IOException {
        RedisServer server = new RedisServer(
                folder,
                List.of("--requirepass", PASSWORD, "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"));
        server.ask(
                commands -> commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
        while (!server.ask(RedisCommands::clusterInfo).contains("cluster_state:ok")) {
            Thread.onSpinWait();
        }
        return server;
    }

    URI uri() {
        return uri(PASSWORD);
    }

    URI uri(String password) {
        return URI.create("redis://:" + password + "@127.0.0.1:" + port);
    }

    RedisSettings settings(boolean cluster) {
        return new RedisSettings(uri(), cluster, "test");
    }

    /** An answer on a connection of its own. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(RedisURI.create(uri()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    void flush() {
        ask(RedisCommands::flushall);
    }

    /** Waits until the server's own clock has gone on by {@code time}. */
    void pass(Duration time) {
        ask(commands -> commands.blpop(time.plusMillis(5).toMillis() / 1000.0, "nothing"));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        Process started = started(port);
        if (started == null) {
            throw new IOException("Redis did not start again.");
        }
        process = started;
    }

    /** Stops the process in its tracks; the system still takes connections for it. */
    void stall() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int failed = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (failed != 0) {
            throw new IOException("kill " + signal + " failed.");
        }
    }

    private @Nullable Process started(int at) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Binary.PATH, "--port", Integer.toString(at), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--appendonly", "no", "--dir", folder.toString()));
        command.addAll(options);
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("Ready to accept connections")) {
                Thread.ofVirtual().start(() -> said.lines().forEach(later -> {}));
                return started;
            }
        }
        return null;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The server's program, taken out of its jar once. */
    private static final class Binary {

        static final String PATH = path();

        private static String path() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            } catch (IOException unreadable) {
                throw new IllegalStateException("There is no redis-server for this system.", unreadable);
            }
        }
    }
}
