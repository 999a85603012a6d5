package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.engine.persona.Personality;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, from one data folder to another; shared stores are in {@code stack}'s MigrateTest. */
final class MigrateCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void aFolderWithSomebodyInIt() throws IOException {
        try (Hearth hearth = open("here")) {
            hearth.companions().put("aria", "Aria", Personality.of("warm"));
            assertThat(hearth.say("aria", "anna", "My cat is called Miso.").text())
                    .isNotEmpty();
        }
    }

    @Test
    void movesAFolderToAnotherAndServesThat() throws IOException {
        takeKey("there");
        Outcome moved = migrate("here", "there");
        assertThat(moved.err()).doesNotContain("\tat ");
        assertThat(moved.out()).contains("The target is the same as the source and can be served.");
        assertThat(moved.code()).isZero();
        try (Hearth hearth = open("there")) {
            assertThat(hearth.say("aria", "anna", "What is my cat called?").text())
                    .isNotEmpty();
            assertThat(hearth.relationships().get("aria:anna")).isNotNull();
        }
        refused(migrate("here", "there"), "it has been served");
    }

    @Test
    void refusesWithoutTheSameOperatorsKeyBeforeAnythingIsMade() throws IOException {
        refused(migrate("here", "there"), "The target has no operator's key yet");
        assertThat(folder.resolve("there")).doesNotExist();
        open("there").close();
        refused(migrate("here", "there"), "The operator's keys differ");
        refused(migrate("nowhere", "there"), "There is nothing to move");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void refusesTheSamePlaceAnotherProjectAndAFolderInUse() throws IOException {
        refused(migrate("here", "here"), "the same stores");
        takeKey("there");
        configuration("there");
        Path other = Files.writeString(
                folder.resolve("there.yaml"), "data: " + folder.resolve("there") + "\nproject: other\n");
        refused(hearth(configuration("here"), other), "different projects");
        try (Hearth serving = open("here")) {
            assertThat(serving).isNotNull();
            refused(migrate("here", "there"), "is in use by");
        }
    }

    private static void refused(Outcome outcome, String told) {
        assertThat(outcome.err()).contains("hearth: ", told).doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(1);
    }

    private Outcome migrate(String from, String to) throws IOException {
        return hearth(configuration(from), configuration(to));
    }

    private static Outcome hearth(Path from, Path to) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.line().setErr(new PrintWriter(err)).setOut(new PrintWriter(out));
        int code = line.execute("migrate", "--from", from.toString(), "--to", to.toString());
        return new Outcome(code, out.toString(), err.toString());
    }

    private Hearth open(String name) throws IOException {
        return Wiring.open(ConfigReader.read(configuration(name), Map.of(), Map.of()), Clock.system());
    }

    private Path configuration(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"), "data: " + folder.resolve(name) + "\nembedder: none\n");
    }

    private void takeKey(String name) throws IOException {
        Path keys = folder.resolve(name).resolve("keys");
        Files.createDirectories(keys);
        Files.copy(folder.resolve("here/keys/operator.key"), keys.resolve("operator.key"));
    }
}
