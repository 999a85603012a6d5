package dev.hearth.stack.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis without persistence, which can be killed, started again, emptied, stopped in its tracks and slowed. */
final class RedisProcess {

    private static final int TRIES = 20;

    private final String program;
    private final Path folder;
    private final int port;
    private Process process;

    private RedisProcess(String program, Path folder, int port, Process process) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static RedisProcess start(Path folder) throws IOException {
        String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = Servers.freePort();
            Process process = started(program, folder, port);
            if (process != null) {
                RedisProcess started = new RedisProcess(program, folder, port, process);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> started.process.destroyForcibly()));
                return started;
            }
        }
        throw new IOException("Redis did not start.");
    }

    private static @Nullable Process started(String program, Path folder, int port) throws IOException {
        Process process = new ProcessBuilder(
                        program,
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        return Servers.says(process, line -> line.contains("Ready to accept connections")) ? process : null;
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again where it was killed: empty. */
    void startAgain() throws IOException {
        if (!process.isAlive()) {
            Process started = started(program, folder, port);
            if (started == null) {
                throw new IOException("Redis did not start again.");
            }
            process = started;
        }
    }

    /** Stops it in its tracks; the system still takes connections for it. */
    void stall() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        if (process.isAlive()) {
            signal("-CONT");
        }
    }

    void flush() {
        ask(RedisCommands::flushall);
    }

    /** Lets nothing be answered for so long, from now on. */
    void pause(int millis) {
        ask(commands -> commands.clientPause(millis));
    }

    /** An answer on a connection of its own. */
    <T> T ask(Function<RedisCommands<byte[], byte[]>, T> question) {
        try (RedisClient client = RedisClient.create(RedisURI.create(uri()));
                StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            return question.apply(connection.sync());
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int failed = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (failed != 0) {
            throw new IOException("kill " + signal + " failed.");
        }
    }
}
