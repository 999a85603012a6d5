package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CuesTest {

    private static final List<String> SPEAKERS = List.of("", "caroline", "melanie");

    @Test
    void contentIsWhatIsLeftWithoutFunctionWordsAndNames() {
        assertThat(of("When did Caroline go to the LGBTQ support group?").content())
                .isEqualTo("go LGBTQ support group");
        assertThat(of("What is Melanie's favourite book?").content()).isEqualTo("favourite book");
        assertThat(of("Who are you?").content()).isEqualTo("Who are you?");
        assertThat(of("").content()).isEmpty();
    }

    @Test
    void oneNamedSpeakerIsASpeakerAndSeveralAreNone() {
        assertThat(of("What does Melanie's dog eat?").speaker()).isEqualTo(2);
        assertThat(of("What do Caroline and Melanie share?").speaker()).isEqualTo(-1);
        assertThat(of("What does Anna eat?").speaker()).isEqualTo(-1);
    }

    @Test
    void marchAndMayAreMonthsOnlyWhereTheyAreDated() {
        assertThat(of("What happened in May?").months()).isEqualTo(1 << 4);
        assertThat(of("What may happen?").months()).isZero();
        assertThat(of("What was on 3 March?").months()).isEqualTo(1 << 2);
        assertThat(of("Which march did we join?").months()).isZero();
        assertThat(of("Was it July or August?").months()).isEqualTo(1 << 6 | 1 << 7);
    }

    @Test
    void whatAQuestionAsksFor() {
        assertThat(of("When is it?").when()).isTrue();
        assertThat(of("How long ago was it?").when()).isTrue();
        assertThat(of("How many cats are there?").count()).isTrue();
        assertThat(of("Where is the key?").name()).isTrue();
        assertThat(of("What did you recommend?").you()).isTrue();
        assertThat(of("Where do I live now?").latest()).isTrue();
        assertThat(of("What did I do first?").first()).isTrue();
        assertThat(of("I like tea.")).isEqualTo(of("I like tea."));
    }

    private static Cues of(String text) {
        return Cues.of(text, SPEAKERS);
    }
}
