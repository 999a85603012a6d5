package dev.hearth.stack.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** The three servers of a run of these tests, started by the first that asks and ended with the process. */
final class Servers {

    private static final Path JARS = Path.of("..", "store-dynamodb", "local", "target", "lib");
    private static final int TRIES = 5;
    private static @Nullable Servers running;

    private final URI dynamo;
    private final RedisProcess redis;
    private final URI s3;
    private final Path objects;

    private Servers(URI dynamo, RedisProcess redis, URI s3, Path objects) {
        this.dynamo = dynamo;
        this.redis = redis;
        this.s3 = s3;
        this.objects = objects;
    }

    /** The test is skipped where DynamoDB local is not there. */
    static synchronized Servers running() throws Exception {
        assumeTrue(Files.isDirectory(JARS), "DynamoDB local has not been gathered: run the whole build, ./hearth test");
        Servers there = running;
        if (there == null) {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "faults");
            Path objects = Files.createDirectory(folder.resolve("s3"));
            there = new Servers(startDynamo(), RedisProcess.start(folder), startS3(objects), objects);
            running = there;
        }
        return there;
    }

    URI dynamo() {
        return dynamo;
    }

    RedisProcess redis() {
        return redis;
    }

    /** It lets anybody in, and so serves behind another address than the one that was signed. */
    URI s3() {
        return s3;
    }

    /** Where the S3 server keeps its objects as files, a folder for each bucket. */
    Path objects() {
        return objects;
    }

    private static URI startDynamo() throws IOException {
        String ours = DynamoDbLocalMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        Path lib = JARS.toAbsolutePath().normalize();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // It refuses port 0, and another may take the one chosen for it.
            int port = freePort();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dsqlite4java.library.path=" + lib,
                            "-cp",
                            ours + ":" + lib.resolve("*"),
                            DynamoDbLocalMain.class.getName(),
                            Integer.toString(port))
                    .redirectError(Path.of("target", "dynamodb-local.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            if (says(process, DynamoDbLocalMain.READY::equals)) {
                return URI.create("http://127.0.0.1:" + port);
            }
        }
        throw new IOException("DynamoDB local did not start; see target/dynamodb-local.log.");
    }

    private static URI startS3(Path objects) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, "anyone", "anything")
                .stopTimeout(0)
                .build();
        proxy.start();
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Whether it says such a line before it ends; what it says later is read and forgotten. */
    static boolean says(Process process, Predicate<String> awaited) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (awaited.test(line)) {
                Thread.ofVirtual().start(() -> said.lines().forEach(later -> {}));
                return true;
            }
        }
        process.destroyForcibly();
        return false;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
