package dev.hearth.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.HearthClient;
import dev.hearth.client.HearthUnreachable;
import dev.hearth.client.Options;
import dev.hearth.client.data.Message;
import dev.hearth.integrations.testkit.RealHearth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded and not acknowledged is not recorded again. */
@Timeout(60)
final class LostAnswersTest {

    private static final Line CAT = Line.user("My cat is called Miso.");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RealHearth server;

    @SuppressWarnings("NullAway.Init")
    private LossyWire wire;

    @SuppressWarnings("NullAway.Init")
    private HearthClient once;

    @SuppressWarnings("NullAway.Init")
    private Conversation<Line> ben;

    @BeforeEach
    void start() throws IOException {
        server = RealHearth.in(folder);
        wire = new LossyWire(server.address());
        once = HearthClient.connect(wire.address(), RealHearth.KEY, Options.DEFAULTS.attempts(1));
        ben = new Conversations<>(once, Line.SPEECH).of("nora:ben");
        ben.add(List.of(CAT));
        assertThat(ben.window(20)).containsExactly(CAT);
    }

    @AfterEach
    void end() {
        once.close();
        wire.close();
        server.close();
    }

    private List<String> history() {
        try (HearthClient client = server.client()) {
            return client.relationship("nora", "ben").messages().stream()
                    .map(Message::text)
                    .toList();
        }
    }

    private void failsToBeTold(String reply) {
        wire.lose(1, "/turns");
        assertThatThrownBy(() -> ben.add(List.of(Line.reply(reply)))).isInstanceOf(HearthUnreachable.class);
    }

    @Test
    void theClientAsksAgainByItself() {
        try (HearthClient often = HearthClient.connect(wire.address(), RealHearth.KEY)) {
            Conversation<Line> patient = new Conversations<>(often, Line.SPEECH).of("nora:ben");
            patient.add(List.of(CAT));
            wire.lose(2, "/turns");
            patient.add(List.of(Line.reply("A fine name.")));
        }
        assertThat(history()).containsExactly(CAT.text(), "A fine name.");
    }

    @Test
    void theSameReplyIsTheSameTurn() {
        failsToBeTold("A fine name.");
        ben.add(List.of(Line.reply("A fine name.")));
        assertThat(history()).containsExactly(CAT.text(), "A fine name.");
        assertThat(ben.window(20)).hasSize(2);
    }

    @Test
    void theWholeCallMadeAgainIsTheSameTurnAndKeepsTheFirstReply() {
        failsToBeTold("A fine name.");
        ben.add(List.of(CAT));
        ben.add(List.of(Line.reply("What a name!")));
        assertThat(history()).containsExactly(CAT.text(), "A fine name.");
        ben.add(List.of(Line.user("Hm."), Line.reply("Yes?")));
        assertThat(history()).containsExactly(CAT.text(), "A fine name.", "Hm.", "Yes?");
    }

    @Test
    void aTurnThatCouldNotBeComposedStaysOpen() {
        wire.lose(1, "/context");
        assertThatThrownBy(() -> ben.add(List.of(Line.reply("A fine name.")))).isInstanceOf(HearthUnreachable.class);
        assertThat(history()).isEmpty();
        ben.add(List.of(Line.reply("A fine name.")));
        assertThat(history()).containsExactly(CAT.text(), "A fine name.");
    }
}
