package dev.hearth.store.dynamodb;

import dev.hearth.spi.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The one DynamoDB local of a run of this module's tests, started by the first that asks. */
final class DynamoDbLocal {

    private static final int MOST_STARTS = 5;
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static @Nullable URI endpoint;

    private DynamoDbLocal() {}

    /** Settings of a table that is new and empty; its time to live is off, for manual clocks stand in the past. */
    static DynamoSettings freshTable() {
        DynamoSettings settings = freshName();
        try (Table table = Table.connect(settings, Clock.system())) {
            DynamoTables.create(table, false);
        }
        return settings;
    }

    /** Settings of a table that is not there. */
    static DynamoSettings freshName() {
        return new DynamoSettings(
                endpoint(),
                "eu-central-1",
                "table-" + TABLES.incrementAndGet(),
                new DynamoSettings.Credentials("anyone", "anything"));
    }

    static synchronized URI endpoint() {
        for (int start = 0; endpoint == null && start < MOST_STARTS; start++) {
            try {
                endpoint = start(freePort());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        if (endpoint == null) {
            throw new IllegalStateException("DynamoDB local did not start; see target/dynamodb-local.log.");
        }
        return endpoint;
    }

    /** Null where it ended before it listened, as where somebody else took the port. */
    private static @Nullable URI start(int port) throws IOException {
        Path lib = Path.of("local", "target", "lib").toAbsolutePath();
        Path ours = Path.of(DynamoDbLocalMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dsqlite4java.library.path=" + lib,
                        "-cp",
                        ours + ":" + lib.resolve("*"),
                        DynamoDbLocalMain.class.getName(),
                        "-inMemory",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port)))
                .redirectError(Path.of("target", "dynamodb-local.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(DynamoDbLocalMain.READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return URI.create("http://127.0.0.1:" + port);
            }
        }
        process.destroyForcibly();
        return null;
    }

    /** DynamoDB local refuses port 0. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
