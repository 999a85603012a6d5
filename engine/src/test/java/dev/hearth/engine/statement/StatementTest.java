package dev.hearth.engine.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statement takes the place of which. */
class StatementTest {

    static boolean replaces(String newer, String older) {
        return Statement.of(newer).replaces(Statement.of(older));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I live in Munich.                               | I moved to Berlin last week.
            So, I live in Munich with two friends.          | By the way, I've moved to Berlin!
            I'm based in Oslo these days.                   | We just relocated to Bergen.
            My favourite colour is blue.                    | My favorite color is green now.
            My favorite color is blue                       | Green is my new favourite colour.
            I weigh 80 kg.                                  | I'm down to 76 kg!
            I am 29 years old.                              | I turned 30 yesterday.
            I work at Siemens.                              | I started a new job. I joined Bosch in May.
            I work as a nurse.                              | I've become a midwife.
            My boss is called Karen.                        | My new boss is called Peter.
            My rent is 900 euros.                           | My rent went up to 950 euros.
            The wedding is on June 5.                       | The wedding has been moved to June 12.
            My dentist appointment is on Tuesday at 3.      | My dentist appointment is on Thursday at 4 now.
            I drive an old Golf.                            | I drive a Tesla now.
            I wake up at 6.                                 | I get up early, and now I wake up at 7 every day.
            I have two cats.                                | I have three cats now.
            I've read 3 books this year.                    | I have read 7 books this year.
            I go to the gym twice a week.                   | I go to the gym four times a week now.
            I drink coffee every morning.                   | I don't drink coffee anymore.
            I smoke.                                        | I stopped smoking.
            I play tennis.                                  | I no longer play tennis.
            I use Android.                                  | I switched from Android to iPhone.
            I drive a Golf.                                 | I sold my Golf.
            I'm reading Dune.                               | I'm now reading Emma.
            My sister lives in Oslo.                        | My sister moved to Bergen.
            Tom works at the Aldi around the corner.        | Tom joined Lidl.
            """)
    void isReplaced(String older, String newer) {
        assertThat(replaces(newer, older)).isTrue();
        assertThat(replaces(older, older)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My cat is called Miso.                          | My dog is called Rex.
            My favourite colour is blue.                    | My favourite food is pizza now.
            I live in Munich.                               | My sister moved to Berlin.
            I live in Munich.                               | Do you think I should have moved to Berlin?
            I live in Munich.                               | I live in Munich, near the river.
            My favourite colour is blue.                    | My favourite colour is dark blue.
            I weigh 80 kg.                                  | I lifted 76 kg.
            I have two cats.                                | I have three dogs.
            My sister is a nurse.                           | My sister is visiting.
            I drink coffee.                                 | I drink tea.
            I drink coffee.                                 | I don't smoke anymore.
            I work at Siemens.                              | I met Bosch people.
            The wedding is on June 5.                       | The party is on June 12.
            I play tennis.                                  | I play the piano.
            Anna lives in Oslo.                             | Ben moved to Bergen.
            I moved the sofa to the window.                 | I moved the chair to the door.
            I ran 5 km.                                     | I ran 8 km.
            """)
    void isNotReplaced(String older, String newer) {
        assertThat(replaces(newer, older)).isFalse();
    }
}
