package dev.hearth.engine.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What says nothing of its own is no memory; everything else is. */
class WriteGateTest {

    static List<String> nothing() {
        return List.of(
                "ok lol",
                "ok",
                "OK!!!",
                "okayyyy",
                "k",
                "kk",
                "lol",
                "LOL",
                "lmao",
                "lmaooo",
                "haha",
                "hahahaha",
                "hehe",
                "haha yes",
                "ha",
                "hmm",
                "Hmmmm...",
                "mhm",
                "uh huh",
                "yes",
                "Yes.",
                "yeah",
                "Yep!",
                "no",
                "nope",
                "nah",
                "hi",
                "Hello!",
                "hey there",
                "heyyy",
                "good morning",
                "Good night!",
                "bye",
                "see you later",
                "ttyl",
                "gn",
                "thanks",
                "Thank you so much!",
                "thx",
                "ty",
                "thanks a lot",
                "you're welcome",
                "No problem!",
                "cool",
                "nice",
                "Nice!!",
                "great",
                "awesome",
                "that's great",
                "That's so nice" /* so, nice */,
                "wow",
                "omg",
                "aww",
                "yay!!",
                "sure",
                "of course",
                "sounds good",
                "Sounds good, thanks!",
                "got it",
                "I see.",
                "i know right",
                "really?",
                "why?",
                "what?",
                "how so?",
                "and you?",
                "how are you?",
                "Hey! How are you doing?",
                "idk",
                "i don't know",
                "maybe",
                "I guess so",
                "👍",
                "😂😂😂",
                "❤️",
                "...",
                "?",
                "!!!",
                ":)",
                "xD",
                "sorry",
                "my bad",
                "never mind",
                "love it!",
                "I love you",
                "love you too ❤️",
                "brb",
                "wait",
                "tell me more",
                "go on",
                "ok, tell me more",
                "oh okay",
                "oh no",
                "good luck",
                "congrats!",
                "yes please",
                "no thanks",
                "all good",
                "makes sense",
                "true",
                "exactly!",
                "welcome back",
                "talk to you later, bye!",
                "oh wow, that is amazing",
                "hey hey");
    }

    static List<String> something() {
        return List.of(
                "thanks Miso",
                "Hi Anna",
                "I'm Ben",
                "42",
                "at 7",
                "yes, in Berlin",
                "no, never",
                "I don't",
                "not really",
                "I don't drink",
                "not anymore",
                "ok tomorrow then",
                "haha my boss again",
                "good morning from Lisbon",
                "tea",
                "Blue.",
                "Rex",
                "Friday",
                "my mum",
                "I'm tired",
                "I am sad",
                "I hate it",
                "I quit",
                "he left",
                "lol my cat fell off the shelf",
                "yes I got the job",
                "sure, call me on 555 0100",
                "no sugar",
                "I'm pregnant",
                "we broke up",
                "happy birthday",
                "I love him",
                "love my dog",
                "good exam",
                "nice dress",
                "ok mum",
                "see you in Paris",
                "I can't sleep",
                "it hurts",
                "allergic",
                "nuts",
                "danke",
                "はい",
                "да",
                "https://example.org",
                "a@b.example",
                "3:30",
                "2nd",
                "10kg",
                "cool, I moved out",
                "hello from the train",
                "why not Hamburg?",
                "what is my name",
                "thanks for the soup recipe",
                "yes yes yes yes yes yes yes yes yes yes yes yes yes",
                "I believe you",
                "well, it rained",
                "NYC",
                "X");
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void isNoMemory(String text) {
        assertThat(WriteGate.remembers(text)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("something")
    void isAMemory(String text) {
        assertThat(WriteGate.remembers(text)).isTrue();
    }

    @Test
    void aLongTextIsDecidedAtOnce() {
        assertThat(WriteGate.remembers("ha".repeat(16_000))).isFalse();
        assertThat(WriteGate.remembers("lol ".repeat(8_000))).isTrue();
    }
}
