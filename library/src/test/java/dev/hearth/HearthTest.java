package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library, on its real parts. */
final class HearthTest {

    private static final Personality WARM = new Personality(List.of("warm"), "", List.of(), List.of(), "{}");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatWasSaidIsRememberedByTheNextProcess() {
        try (Hearth hearth = Hearth.open(HearthConfig.in(folder))) {
            hearth.companions().put("aria", "Aria", WARM);
            hearth.say("aria", "anna", "My cat is called Miso.");
        }
        try (Hearth hearth = Hearth.open(HearthConfig.in(folder))) {
            List<String> pieces = new ArrayList<>();
            TurnResult turn = hearth.say("aria", "anna", "What is my cat called?", pieces::add);
            assertThat(turn.text()).contains("Miso").isEqualTo(String.join("", pieces));
            assertThat(turn.voice()).isEqualTo("offline");
        }
    }

    @Test
    void aVoiceOfOnesOwnSpeaksAndIsClosedWithIt() {
        ScriptedModel model = new ScriptedModel();
        HearthConfig config = HearthConfig.in(folder)
                .withEmbedding(HearthConfig.Embedding.NONE)
                .withVoices(Voice.of(model), Voice.offline());
        try (Hearth hearth = Hearth.open(config)) {
            hearth.companions().put("aria", "Aria", WARM);
            assertThat(hearth.say("aria", "anna", "Hello.").voice()).isEqualTo("scripted");
            assertThatThrownBy(() -> hearth.say("nobody", "anna", "Hello.")).isInstanceOf(Problem.class);
        }
        assertThat(config.toString()).doesNotContain("operatorKey");
    }

    @Test
    void aFolderIsOpenedOnce() {
        HearthConfig config = HearthConfig.in(folder).withEmbedding(HearthConfig.Embedding.NONE);
        try (Hearth hearth = Hearth.open(config)) {
            assertThatThrownBy(() -> Hearth.open(config)).isInstanceOf(StoreException.class);
            hearth.companions().put("aria", "Aria", WARM);
            assertThat(hearth.companions().get("aria").name()).isEqualTo("Aria");
        }
    }
}
