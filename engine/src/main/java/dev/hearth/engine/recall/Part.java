package dev.hearth.engine.recall;

import java.util.Locale;

/** What speaks for a message, as a hit explains it: each groups a few {@link Feature}s. */
enum Part {
    /** Likeness of meaning. */
    DENSE,
    /** Words in common. */
    LEXICAL,
    /** What was said just before and after. */
    NEIGHBOUR,
    /** What else its session holds. */
    SESSION,
    /** Who said it. */
    SPEAKER,
    /** When it was said, or the times that it names. */
    TIME,
    /** Its form: length, question or statement, numbers and names. */
    FORM,
    /** Likeness to the other good hits. */
    FEEDBACK;

    @SuppressWarnings("EnumOrdinal") // an array by part, within one method
    int index() {
        return ordinal();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
