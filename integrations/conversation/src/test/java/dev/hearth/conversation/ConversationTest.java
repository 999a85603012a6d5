package dev.hearth.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.HearthClient;
import dev.hearth.client.HearthException;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.MessageStatus;
import dev.hearth.client.data.Role;
import dev.hearth.integrations.testkit.RealHearth;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Turns of a model of one's own are recorded once, and the window is Hearth's history. */
@Timeout(60)
final class ConversationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RealHearth server;

    @SuppressWarnings("NullAway.Init")
    private HearthClient client;

    @SuppressWarnings("NullAway.Init")
    private Conversation<Line> ben;

    @BeforeEach
    void start() {
        server = RealHearth.in(folder);
        client = server.client();
        ben = another();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    /** The conversation as another process has it. */
    private Conversation<Line> another() {
        return new Conversations<>(client, Line.SPEECH).of("nora:ben");
    }

    private RelationshipClient relationship() {
        return client.relationship("nora", "ben");
    }

    private List<String> history() {
        return relationship().messages().stream().map(Message::text).toList();
    }

    private List<String> window() {
        return ben.window(20).stream().map(Line::toString).toList();
    }

    private void say(Line... lines) {
        for (Line line : lines) {
            ben.add(List.of(line));
        }
    }

    @Test
    void aTurnIsRecordedWhenItsReplyArrives() {
        assertThat(window()).isEmpty();
        say(Line.user("My cat is called Miso."));
        assertThat(history()).isEmpty();
        assertThat(window()).containsExactly("user: My cat is called Miso.");
        say(Line.reply("A fine name."));
        assertThat(relationship().messages()).hasSize(2).allSatisfy(message -> {
            assertThat(message.status()).isEqualTo(MessageStatus.COMPLETED);
            assertThat(message.turnId()).isNotNull();
        });
        assertThat(window()).containsExactly("user before: My cat is called Miso.", "reply before: A fine name.");
        assertThat(another().window(1)).containsExactly(new Line("reply before", "A fine name."));
    }

    @Test
    void whatIsSaidAtAnotherDoorIsInTheWindowAndWhatNoTurnSaidIsNot() {
        say(Line.user("Hello."), Line.reply("Hello, Ben."));
        relationship().send("My cat is called Miso.");
        relationship().remember("My brother is called Tom.");
        relationship()
                .importMessages(
                        List.of(new ImportedMessage("d:1", Role.USER, null, null, "I was in Rome.", Instant.EPOCH)));
        assertThat(window()).hasSize(4).contains("user before: My cat is called Miso.");
        assertThat(history()).hasSize(6);
    }

    @Test
    void whatOnlyTheTurnNeedsIsHeldForItAndNeverRemembered() {
        say(Line.system("Be brief."), Line.user("Rain?"), Line.tool("weather()"), Line.tool("rain: yes"));
        assertThat(window()).containsExactly("system: Be brief.", "user: Rain?", "tool: weather()", "tool: rain: yes");
        say(Line.reply("Yes."), Line.system("Be long."));
        assertThat(window()).containsExactly("system: Be long.", "user before: Rain?", "reply before: Yes.");
        assertThat(history()).containsExactly("Rain?", "Yes.");
    }

    @Test
    void aReplyToNothingIsNotRemembered() {
        say(Line.reply("Hello, I am Nora."), Line.user("Hello."));
        assertThat(window()).containsExactly("reply: Hello, I am Nora.", "user: Hello.");
        say(Line.tool("look()"));
        assertThat(history()).isEmpty();
        say(Line.reply("What can I do?"));
        assertThat(history()).containsExactly("Hello.", "What can I do?");
    }

    @Test
    void aCallThatIsMadeAgainSaysItsWordsOnce() {
        say(Line.user("My cat is called Miso."), Line.user("My cat is called Miso."));
        assertThat(window()).containsExactly("user: My cat is called Miso.");
        say(Line.reply("A fine name."));
        assertThat(history()).containsExactly("My cat is called Miso.", "A fine name.");
    }

    @Test
    void wordsWithoutAnAnswerAreRememberedWithTheNext() {
        say(Line.user("My cat is called Miso."), Line.user("What is she called?"), Line.reply("Miso."));
        assertThat(history()).containsExactly("My cat is called Miso.\n\nWhat is she called?", "Miso.");
    }

    @Test
    void theSameIsSaidTwiceWhereItIsSaidTwice() {
        Line hello = Line.user("Hello.");
        Line again = Line.reply("Hello, Ben.");
        say(hello, again, hello, again);
        assertThat(history()).containsExactly("Hello.", "Hello, Ben.", "Hello.", "Hello, Ben.");
    }

    @Test
    void aWindowThatIsReadAndWrittenWholeAddsWhatIsNew() {
        for (int turn = 1; turn <= 3; turn++) {
            for (Line line : List.of(Line.user("Question " + turn), Line.tool("t"), Line.reply("Answer " + turn))) {
                List<Line> window = new ArrayList<>(ben.window(20));
                window.add(line);
                ben.replace(window.subList(Math.max(0, window.size() - 2), window.size()));
            }
        }
        assertThat(history())
                .containsExactly("Question 1", "Answer 1", "Question 2", "Answer 2", "Question 3", "Answer 3");
        List<Line> shorter = ben.window(20).subList(4, 6);
        ben.replace(shorter);
        assertThat(window()).hasSize(6);
    }

    @Test
    void aFrameworkThatKeepsItsOwnMessagesBringsThemAgainWithoutDoublingThem() {
        List<Line> own = new ArrayList<>(List.of(Line.system("Be brief.")));
        for (int turn = 1; turn <= 3; turn++) {
            own.add(Line.user("Hello."));
            ben.replace(own);
            own.add(Line.reply("Hello, Ben."));
            ben.replace(own);
        }
        assertThat(history()).hasSize(6);
        List<Line> last = own.subList(3, own.size());
        last.add(Line.user("Bye."));
        ben.replace(last);
        assertThat(window()).hasSize(7).endsWith("user: Bye.");
        assertThat(history()).hasSize(6);
    }

    @Test
    void wholeTurnsAtOnceAreTurns() {
        ben.add(List.of(Line.user("One."), Line.reply("1"), Line.user("Two."), Line.reply("2"), Line.user("Three.")));
        assertThat(history()).containsExactly("One.", "1", "Two.", "2");
        assertThat(window()).endsWith("reply before: 2", "user: Three.");
    }

    @Test
    void clearingBeginsAnewAndForgetsNothing() {
        say(Line.system("Be brief."), Line.user("My cat is called Miso."), Line.reply("A fine name."));
        say(Line.user("And"));
        ben.clear();
        assertThat(window()).isEmpty();
        assertThat(relationship().search("cat").hits())
                .extracting(hit -> hit.memory().text())
                .contains("My cat is called Miso.");
        say(Line.user("Hello."), Line.reply("Hello, Ben."));
        assertThat(window()).containsExactly("user before: Hello.", "reply before: Hello, Ben.");
        assertThat(history()).hasSize(4);
        relationship().delete();
        say(Line.user("Who am I?"), Line.reply("I do not know."));
        assertThat(window()).containsExactly("user before: Who am I?", "reply before: I do not know.");
    }

    @Test
    void whatIsLongerThanHearthTakesIsRememberedToItsLimit() {
        say(Line.user("x".repeat(32_767) + "\uD83D\uDE00"), Line.reply("y".repeat(40_000)));
        assertThat(history()).extracting(String::length).containsExactly(32_767, 32_768);
        say(Line.user("a".repeat(20_000)), Line.user("b".repeat(20_000)), Line.reply("Well."));
        assertThat(history().get(2)).isEqualTo("b".repeat(20_000));
    }

    @Test
    void whatIsNoTextIsLeftOutAndAReplyOfNothingElseIsToldOnce() {
        say(Line.user("\u0000"), Line.user("red\u001b[0m\tand\ngreen\ud800"), Line.reply("\fWell."));
        assertThat(history()).containsExactly("red[0m\tand\ngreen", "Well.");
        say(Line.user("And?"));
        assertThatThrownBy(() -> say(Line.reply("\u0007"))).isInstanceOf(HearthException.class);
        say(Line.user("Hello?"), Line.reply("Hello."));
        assertThat(history()).endsWith("Hello?", "Hello.").hasSize(4);
    }

    @Test
    void theUserIsMadeAndTheCompanionIsNot() {
        assertThat(new Conversations<>(client, Line.SPEECH).of("nora:a/b:c").window(1))
                .isEmpty();
        assertThat(client.users().get("a/b:c")).isNotNull();
        Conversation<Line> nobody = new Conversations<>(client, Line.SPEECH).of("nobody:ben");
        assertThat(catchThrowableOfType(HearthException.class, () -> nobody.window(1))
                        .code())
                .isEqualTo(HearthException.Code.NOT_FOUND);
        String id = relationship().ensure().relationshipId();
        assertThat(new Conversations<>(client, Line.SPEECH).of(id).window(1)).isEmpty();
    }

    @Test
    void anIdThatNamesNoRelationshipIsToldWithoutRepeatingIt() {
        Conversations<Line> conversations = new Conversations<>(client, Line.SPEECH);
        for (String id : List.of("default", "", "Nora:ben", ":ben", "nora:", "ben@example.com")) {
            assertThatThrownBy(() -> conversations.of(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("companion:user")
                    .hasMessageNotContainingAny("ben@example.com", "default");
        }
        assertThatThrownBy(() -> conversations.of(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
