package dev.hearth.engine.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamenessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I love my cat Miso.            | i love my cat, MISO!!
            I really love my cat Miso      | I love my cat Miso.
            I'm from Leeds                 | I am from Leeds.
            My  favorite color is blue     | my favourite colour is blue 😊
            Don’t call me before 9         | don't call me before 9!
            """)
    void theSame(String one, String other) {
        assertThat(Sameness.same(one, other)).isTrue();
        assertThat(Sameness.hash(one, true)).isEqualTo(Sameness.hash(other, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I love my cat Miso.            | I love my dog Miso.
            You live in Leeds.             | You live in Leeds?
            I drink coffee                 | I do not drink coffee
            I have 2 cats                  | I have 3 cats
            Tom likes Ann                  | Ann likes Tom
            Call me at 9                   | Call me at 9:30
            """)
    void notTheSame(String one, String other) {
        assertThat(Sameness.same(one, other)).isFalse();
        assertThat(Sameness.hash(one, true)).isNotEqualTo(Sameness.hash(other, true));
    }

    @Test
    void theSameWordsOfAnotherSpeakerAreSomethingElse() {
        assertThat(Sameness.hash("I like tea", true)).isNotEqualTo(Sameness.hash("I like tea", false));
    }

    @Test
    void wordsAboutADayAreRelative() {
        assertThat(Sameness.relative("I have an exam tomorrow.")).isTrue();
        assertThat(Sameness.relative("My exam is in statistics.")).isFalse();
    }

    @Test
    void nearDuplicatesDifferInOneWordOfManyThatTellsNothing() {
        String lake =
                "We walked around the lake near the old mill and talked about school, music, travelling and cooking";
        assertThat(Sameness.near(lake, lake + " together")).isTrue();
        assertThat(Sameness.near(lake, lake + " with Anna")).isFalse();
        assertThat(Sameness.near(lake, lake + " twice")).isFalse();
        assertThat(Sameness.near(lake, lake.replace("talked", "never talked"))).isFalse();
        assertThat(Sameness.near("I met Anna in the park", "I met Hannah in the park"))
                .isFalse();
    }
}
