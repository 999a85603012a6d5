package dev.hearth.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import dev.hearth.store.dynamodb.DynamoWarmStore;
import dev.hearth.store.s3.S3ColdStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The stack in earnest: three processes, their data over an end and a new beginning, and a stranger's pid. */
final class StackTest {

    private static final Path JARS = Path.of("..", "store-dynamodb", "local", "target", "lib");
    private static final Partition PARTITION = new Partition("a".repeat(32));
    private static final byte[] BYTES = "kept".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @AfterEach
    void leavesNothingRunning() {
        if (StackFolder.at(folder).exists()) {
            down();
        }
    }

    @Test
    void refusesWithoutTheLicenceAndStartsNothing() {
        assertThatThrownBy(() -> stack(new StringWriter()).up(false))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LICENSE.txt")
                .hasMessageContaining("--accept-licenses");
        assertThat(running()).isEmpty();
    }

    @Test
    void aFolderWithoutAStackHasNothingToStop() {
        assertThatThrownBy(this::down).isInstanceOf(Refused.class).hasMessageContaining("no stack");
    }

    @Test
    void startsServesEndsAndComesBackWithItsData() throws IOException {
        assumeTrue(Files.isDirectory(JARS), "DynamoDB local has not been gathered: run the whole build, ./hearth test");

        assertThat(up()).contains("redis", "dynamodb", "s3", "was started", "The stack is up.");
        List<Long> first = running();
        assertThat(first).hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.resolve("stack.yaml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        write();

        assertThat(up()).contains("The stack is up already.").doesNotContain("was started");
        assertThat(running()).isEqualTo(first);

        String configured = Files.readString(folder.resolve("stack.yaml"));
        ProcessHandle killed = process("dynamodb").running().orElseThrow();
        killed.destroyForcibly();
        killed.onExit().join();
        assertThat(up()).containsOnlyOnce("was started").doesNotContain("already");
        assertThat(Files.readString(folder.resolve("stack.yaml"))).isEqualTo(configured);
        assertReads();

        assertThat(down()).contains("redis was stopped", "dynamodb was stopped", "s3 was stopped");
        assertThat(first)
                .allMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(down()).contains("redis does not run.");

        assertThat(up()).contains("The stack is up.");
        assertReads();
    }

    @Test
    void aPidThatHasBecomeAnothersIsLeftAlone() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            StackFolder.at(folder).folder("");
            Files.writeString(folder.resolve("stack/redis.pid"), stranger.pid() + "\n");
            assertThat(down()).contains("redis does not run any more", "left alone");
            assertThat(stranger.isAlive()).isTrue();
            assertThat(folder.resolve("stack/redis.pid")).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void theConfigurationNamesEveryStore() {
        StackFolder at = StackFolder.at(folder);
        at.folder("");
        StackSettings settings = StackSettings.in(at);
        settings.port("redis", 1);
        settings.port("dynamodb", 2);
        settings.port("s3", 3);

        Object read = new Load(LoadSettings.builder().build()).loadFromString(Configuration.of(at, settings));

        assertThat(under(read, "data"))
                .isEqualTo(folder.toAbsolutePath().resolve("server").toString());
        assertThat(under(under(read, "warm"), "endpoint")).isEqualTo("http://127.0.0.1:2");
        assertThat(under(under(read, "hot"), "url"))
                .isEqualTo("redis://:" + StackSettings.in(at).secret("redis") + "@127.0.0.1:1");
        assertThat(under(under(read, "cold"), "path_style")).isEqualTo(true);
    }

    private static Object under(Object map, String key) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(key));
    }

    private void write() {
        StackSettings settings = StackSettings.in(StackFolder.at(folder));
        Write write = new Write(List.of(), List.of(new Write.Operation.Put("k", 1, BYTES, null)));
        try (DynamoWarmStore warm = DynamoWarmStore.open(settings.table(StackSettings.TABLE), Clock.system())) {
            assertThat(warm.write(PARTITION, write, soon())).isInstanceOf(WriteOutcome.Written.class);
        }
        try (S3ColdStore cold = S3ColdStore.open(settings.bucket(), soon())) {
            assertThat(cold.putIfAbsent(PARTITION, "name", BYTES, soon())).isTrue();
        }
    }

    private void assertReads() {
        StackSettings settings = StackSettings.in(StackFolder.at(folder));
        try (DynamoWarmStore warm = DynamoWarmStore.open(settings.table(StackSettings.TABLE), Clock.system())) {
            assertThat(Objects.requireNonNull(warm.get(PARTITION, "k", soon())).value())
                    .isEqualTo(BYTES);
        }
        try (S3ColdStore cold = S3ColdStore.open(settings.bucket(), soon())) {
            assertThat(cold.get(PARTITION, "name", soon())).isEqualTo(BYTES);
        }
    }

    private String up() {
        StringWriter said = new StringWriter();
        stack(said).up(true);
        return said.toString();
    }

    private String down() {
        StringWriter said = new StringWriter();
        stack(said).down();
        return said.toString();
    }

    private Stack stack(StringWriter said) {
        return new Stack(StackFolder.at(folder), JARS, new PrintWriter(said));
    }

    private List<Long> running() {
        return Stream.of("redis", "dynamodb", "s3")
                .flatMap(name -> process(name).running().stream())
                .map(ProcessHandle::pid)
                .toList();
    }

    private LocalProcess process(String name) {
        StackFolder at = StackFolder.at(folder);
        StackSettings settings = StackSettings.in(at);
        Service service = switch (name) {
            case "redis" -> new Redis(at, settings);
            case "dynamodb" -> new DynamoDbLocal(at, settings, JARS);
            default -> new S3Proxy(at, settings);
        };
        return new LocalProcess(service, at, settings);
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(20));
    }
}
