package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.Hearth;
import dev.hearth.engine.Engine;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two users on the real stores with the real embedder: neither sees the other, and no file shows either. */
class LeakageTest {

    private static final String ANNA = "anna@example.org";
    private static final String BEN = "ben@example.org";
    private static final List<String> SECRETS = List.of(
            "anna@example",
            "ben@example",
            "Annabelle",
            "Benedikt",
            "lighthouse",
            "windmill",
            "pelican",
            "heron",
            "msg-of-anna",
            "msg-of-ben");

    @TempDir
    Path folder;

    @Test
    void noFileShowsWhoOrWhatAndNeitherUserSeesTheOther() throws IOException {
        String anna;
        try (Hearth wiring = open()) {
            Engine engine = wiring.engine();
            engine.companions().put("aria", "Aria", new Personality(List.of("warm"), "", List.of(), List.of(), "{}"));
            anna = live(engine, ANNA, "Annabelle", "lighthouse", "pelican", "msg-of-anna");
            String ben = live(engine, BEN, "Benedikt", "windmill", "heron", "msg-of-ben");
            for (String question : List.of("lighthouse", "pelican", "What did Annabelle tell you?")) {
                assertThat(engine.memories()
                                .search(ben, new SearchRequest(question, 50, null, null))
                                .hits())
                        .noneMatch(hit -> hit.memory().text().contains("lighthouse")
                                || hit.memory().text().contains("pelican"));
            }
            assertThat(shown()).as("while the server runs").isEmpty();
        }
        assertThat(shown()).as("after it ended").isEmpty();
        try (Hearth wiring = open()) {
            assertThat(wiring.engine().relationships().get(anna).messages()).isEqualTo(4);
            String partition = anna.substring(4, 30);
            assertThat(files(partition)).isNotEmpty();
            assertThat(wiring.engine().users().erase(ANNA).verified()).isTrue();
            assertThat(files(partition))
                    .as("files named after an erased partition")
                    .isEmpty();
            assertThatThrownBy(() -> wiring.engine().relationships().get(anna)).isInstanceOf(Problem.class);
        }
    }

    private static String live(Engine engine, String user, String name, String secret, String old, String id) {
        engine.users().put(user, new UserProfile(name, "Europe/Berlin", "de", null, null, null, null));
        String relationship = engine.relationships().ensure("aria", user).id();
        Instant then = Instant.parse("2024-01-01T00:00:00Z");
        engine.relationships()
                .importMessages(
                        relationship,
                        List.of(
                                new Imported(id + 1, Message.Role.USER, name, "s", "I saw a " + old + ".", then),
                                new Imported(id + 2, Message.Role.COMPANION, null, "s", "A " + old + "!", then)));
        engine.turns()
                .take(
                        new TurnRequest(relationship, "My secret word is " + secret + ".", null, "key-" + id),
                        event -> {});
        return relationship;
    }

    private Hearth open() {
        return Wiring.open(
                ConfigReader.read(
                        null,
                        Map.of(),
                        Map.of(ConfigKey.DATA, folder.resolve("data").toString())),
                Clock.system());
    }

    private List<String> shown() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.flatMap(file -> {
                        String content = file + "\n" + content(file);
                        return SECRETS.stream().filter(content::contains).map(secret -> secret + " in " + file);
                    })
                    .toList();
        }
    }

    private List<Path> files(String partition) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(partition))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
