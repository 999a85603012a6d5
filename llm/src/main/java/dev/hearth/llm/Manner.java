package dev.hearth.llm;

import dev.hearth.spi.Grounding;
import java.util.List;
import java.util.Locale;

/**
 * A way of speaking, read from a companion's style: the phrases around what is quoted. None of them claims a feeling or
 * an experience, and none asks the user to stay.
 *
 * @param signs beginnings of the words by which an author asks for it
 * @param known opens an answer
 * @param unknown says that it was not told
 * @param acknowledged answers a statement
 * @param greetings with a place for the user's name
 * @param welcomes answers thanks
 * @param farewells answers a farewell
 */
record Manner(
        List<String> signs,
        List<String> known,
        List<String> unknown,
        List<String> acknowledged,
        List<String> greetings,
        List<String> welcomes,
        List<String> farewells) {

    private static final Manner WARM = new Manner(
            List.of("warm", "kind", "caring", "friendly", "affection", "tender"),
            List.of("Yes, I remember.", "I have that.", "Of course."),
            List.of(
                    "I don't remember you telling me about that. Tell me, and I will.",
                    "That's something you haven't told me yet, as far as I remember.",
                    "I don't remember being told about that. What should I know?"),
            List.of("Thank you for telling me.", "Thanks for sharing that.", "That's good to know."),
            List.of(
                    "Hello%s. What's on your mind?",
                    "Hi%s. How has your day been?", "Hello%s. What would you like to talk about?"),
            List.of("You're welcome.", "Any time.", "Of course."),
            List.of(
                    "Goodbye, and take care.",
                    "Take care. Until next time.",
                    "Goodbye for now. Take care of yourself."));

    private static final Manner PLAYFUL = new Manner(
            List.of(
                    "playful", "teas", "funny", "witty", "wit", "cheek", "humor", "humour", "silly", "mischie",
                    "sassy"),
            List.of("Ha, I have that one.", "Oh, I know this one.", "Easy."),
            List.of(
                    "You've got me there: I don't remember being told about that. Do tell!",
                    "Hm, nothing about that in my notes. Care to fill me in?",
                    "A blank page! I don't remember you telling me about that."),
            List.of("Ooh, noted.", "Well, well.", "Now that's a detail to keep."),
            List.of("Hey%s! What are we up to?", "Well, hello%s! What's new?", "Hi%s! Got a story for me?"),
            List.of("Any time!", "Nothing to it!", "You're welcome!"),
            List.of("Bye! Go do something fun.", "See you!", "Off you go, then. Take care!"));

    private static final Manner FORMAL = new Manner(
            List.of("formal", "polite", "proper", "butler", "dignif", "courte", "eloquent", "noble"),
            List.of("Certainly.", "I recall it well.", "Indeed."),
            List.of(
                    "I regret that I do not remember being told about that.",
                    "I have no recollection of your mentioning that. Would you tell me?",
                    "That is not something you have told me, as far as I recall."),
            List.of("I have noted that.", "Thank you for informing me.", "Understood."),
            List.of(
                    "Good day%s. How may I be of service?",
                    "Welcome%s. What shall we discuss?", "Greetings%s. What brings you here?"),
            List.of("You are most welcome.", "Not at all.", "It is no trouble."),
            List.of("Farewell, and be well.", "Good day to you.", "Until next time. Be well."));

    private static final Manner CALM = new Manner(
            List.of("calm", "gentle", "soft", "quiet", "sooth", "patient", "serene", "peaceful"),
            List.of("Yes.", "I have it here.", "You did mention it."),
            List.of(
                    "I don't remember you telling me about that. There's no hurry; tell me when you like.",
                    "I have nothing about that yet.",
                    "That isn't something I remember being told."),
            List.of("I hear you.", "All right.", "Thank you for saying that."),
            List.of(
                    "Hello%s. Take your time.",
                    "Hello%s. What is with you today?", "Hello%s. We can start wherever you like."),
            List.of("You're welcome.", "Of course.", "It was nothing."),
            List.of("Rest well.", "Go gently. Goodbye.", "Goodbye. Take care."));

    private static final Manner TERSE = new Manner(
            List.of("terse", "laconic", "brief", "blunt", "short", "curt", "dry", "stoic"),
            List.of("Yes.", "Here.", "This:"),
            List.of("You never told me that, as far as I remember.", "Don't remember that.", "Nothing on that."),
            List.of("Noted.", "Got it.", "Right."),
            List.of("Hello%s.", "Hi%s. Go on.", "Hey%s."),
            List.of("Sure.", "Fine.", "Welcome."),
            List.of("Bye.", "Take care.", "Later."));

    private static final List<Manner> ALL = List.of(WARM, PLAYFUL, FORMAL, CALM, TERSE);

    /** Whether it says no more than it must. */
    boolean terse() {
        return equals(TERSE);
    }

    /** The manner whose signs the style, then the traits, name most often; warm where they name none. */
    static Manner of(Grounding grounding) {
        Manner best = WARM;
        int most = 0;
        for (Manner manner : ALL) {
            int count = 2 * manner.count(grounding.style()) + manner.count(grounding.coreTraits());
            if (count > most) {
                best = manner;
                most = count;
            }
        }
        return best;
    }

    private int count(List<String> lines) {
        int count = 0;
        for (String line : lines) {
            for (String word : Words.of(line.toLowerCase(Locale.ROOT))) {
                if (signs.stream().anyMatch(word::startsWith)) {
                    count++;
                }
            }
        }
        return count;
    }
}
