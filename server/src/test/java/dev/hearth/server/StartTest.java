package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.MigrationNotes;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.spi.Clock;
import dev.hearth.store.sqlite.SqliteWarmStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Starts that cannot be: one sentence, exit 1, no stack trace. */
final class StartTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Outcome(int code, String err) {}

    private static Outcome hearth(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Main.line().setErr(new PrintWriter(err)).setOut(new PrintWriter(new StringWriter()));
        return new Outcome(line.execute(arguments), err.toString());
    }

    private static void refused(Outcome outcome, String told) {
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("hearth: ").contains(told).doesNotContain("\tat ");
        assertThat(outcome.err().lines()).hasSize(1);
    }

    private Path withoutEmbedder() throws IOException {
        return Files.writeString(folder.resolve("hearth.yaml"), "embedder: none\n");
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Outcome outcome = hearth(
                    "serve",
                    "--port",
                    port,
                    "--data",
                    folder.resolve("data").toString(),
                    "--config",
                    withoutEmbedder().toString());
            refused(outcome, port + " cannot be listened on");
        }
    }

    @Test
    void aDataFolderThatAnotherServerHas() throws IOException {
        Path data = folder.resolve("data");
        Path file = withoutEmbedder();
        try (Hearth first = Wiring.open(
                ConfigReader.read(file, Map.of(), Map.of(ConfigKey.DATA, data.toString())), Clock.system())) {
            assertThat(first.engine()).isNotNull();
            refused(
                    hearth("serve", "--port", "0", "--data", data.toString(), "--config", file.toString()),
                    data.toString());
        }
    }

    @Test
    void aFolderThatAMigrationHasNotFinished() throws IOException {
        Path data = folder.resolve("data");
        try (SqliteWarmStore warm = SqliteWarmStore.open(data, Clock.system())) {
            MigrationNotes.in(warm, Clock.system()).put(MigrationNotes.UNFINISHED, new byte[0]);
        }
        refused(
                hearth(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--config",
                        withoutEmbedder().toString()),
                "Run the same `hearth migrate` again");
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(hearth("serve", "--port", "0", "--data", file.toString()), "there is a file of that name");
    }

    @Test
    void aDataFolderBelowAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(hearth("serve", "--port", "0", "--data", file.resolve("data").toString()), "cannot be");
    }

    @Test
    void aConfigurationThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("hearth.yaml"), "host: 127.0.0.1\nprot: 8081\n");
        refused(hearth("serve", "--config", file.toString()), "hearth.yaml:2: unknown key \"prot\"");
    }

    @Test
    void anUnknownFlagAndHelp() {
        assertThat(hearth("serve", "--prot", "1").code()).isEqualTo(2);
        assertThat(hearth("serve", "--help").code()).isZero();
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerOnly() throws IOException {
        OperatorKey made = OperatorKey.inFolder(folder, new SecureRandom());
        OperatorKey again = OperatorKey.inFolder(folder, new SecureRandom());
        assertThat(made.reveal()).matches("hk_[0-9A-Za-z]{43}").isEqualTo(again.reveal());
        assertThat(again.matches(made.reveal())).isTrue();
        assertThat(again.matches(made.reveal() + "x")).isFalse();
        assertThat(again.matches("")).isFalse();
        assertThat(made.toString()).doesNotContain(made.reveal());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("api-key"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining("glob:**api-key").isDirectoryNotContaining("glob:**.new");
    }
}
