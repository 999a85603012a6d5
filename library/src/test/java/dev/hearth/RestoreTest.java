package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a data folder without its keys, put back as docs/operations.md has it: who was erased since stays erased. */
final class RestoreTest {

    private static final Personality WARM = new Personality(List.of("warm"), "", List.of(), List.of(), "{}");
    private static final String MARKER = "Quittenbaum";
    private static final int MESSAGES = 60;

    private final ManualClock clock = ManualClock.at("2026-05-04T09:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whoWasErasedAfterTheCopyStaysErased() throws IOException {
        Path data = folder.resolve("data");
        Path copy = folder.resolve("copy");
        String partition;
        try (Hearth hearth = open(data)) {
            hearth.companions().put("aria", "Aria", WARM);
            partition = lives(hearth, "anna").substring(4, 30);
            lives(hearth, "ben");
            assertThat(places(data, partition))
                    .as("in every store")
                    .anyMatch(place -> place.startsWith("warm"))
                    .anyMatch(place -> place.startsWith("cold"))
                    .anyMatch(place -> place.startsWith("keys"));
        }
        assertThat(places(data, MARKER)).as("nothing that was said is readable").isEmpty();
        copy(data.resolve("warm"), copy.resolve("warm"));
        copy(data.resolve("cold"), copy.resolve("cold"));
        try (Hearth hearth = open(data)) {
            assertThat(hearth.users().erase("anna").verified()).isTrue();
        }
        assertThat(places(data, partition)).containsExactly("keys/erasures.log");

        copy(copy.resolve("warm"), data.resolve("warm"));
        copy(copy.resolve("cold"), data.resolve("cold"));
        assertThat(places(data, partition)).as("the copy has brought it back").hasSizeGreaterThan(2);

        try (Hearth hearth = open(data)) {
            assertThat(places(data, partition)).containsExactly("keys/erasures.log");
            assertThatThrownBy(() -> hearth.relationships().messages("aria:anna", 10, null, true))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
            assertThat(hearth.relationships()
                            .messages("aria:ben", 100, null, true)
                            .data())
                    .hasSize(MESSAGES + 2);
        }
    }

    private Hearth open(Path data) {
        return Hearth.open(HearthConfig.in(data).withEmbedding(HearthConfig.Embedding.NONE), clock);
    }

    /** A part of what they said is cold. */
    private String lives(Hearth hearth, String user) {
        String relationship = hearth.relationships().ensure("aria", user).id();
        hearth.relationships()
                .importMessages(
                        relationship,
                        IntStream.range(0, MESSAGES)
                                .mapToObj(i -> new Imported(
                                        "m-" + i,
                                        Message.Role.USER,
                                        null,
                                        null,
                                        "Topic number " + i + " was the " + MARKER + ".",
                                        clock.now()))
                                .toList());
        clock.advance(Duration.ofDays(91));
        int steps = hearth.engine().tiering().tidy(relationship);
        assertThat(steps).isPositive();
        hearth.say("aria", user, "My " + MARKER + " is called Rex.");
        return relationship;
    }

    /** Files whose name or bytes have it. */
    private static List<String> places(Path data, String wanted) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> walked = Files.walk(data)) {
            for (Path file : walked.filter(Files::isRegularFile).sorted().toList()) {
                String place = data.relativize(file).toString();
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (place.contains(wanted) || bytes.contains(wanted)) {
                    found.add(place);
                }
            }
        }
        return found;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walked = Files.walk(from)) {
            for (Path file : walked.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
