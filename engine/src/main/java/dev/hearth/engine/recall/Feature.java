package dev.hearth.engine.recall;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the ranker looks at in a candidate. Likenesses and BM25 scores are scaled over the candidates of one query: 0 is
 * their mean (BM25: no word in common), 1 the best. The values of messages that are not there are 0. What a feature
 * is worth stands in the weights file under its name in lower case.
 */
enum Feature {
    /** Cosine with the whole question. */
    DENSE(Part.DENSE),
    /** Cosine with the question's content words alone. */
    CONTENT(Part.DENSE),
    DENSE_SQUARED(Part.DENSE),
    /** The place among the candidates by likeness, from 1 for the first down to 0, on a logarithmic scale. */
    DENSE_RANK(Part.DENSE),
    CONTENT_RANK(Part.DENSE),
    /** How many standard deviations of all messages the likeness lies above their mean, over 4. */
    DEVIATION(Part.DENSE),

    LEXICAL(Part.LEXICAL),
    LEXICAL_SQUARED(Part.LEXICAL),
    DENSE_LEXICAL(Part.LEXICAL),
    /** The share of the question's words that it has, each weighed by its rarity (idf). */
    COVERAGE(Part.LEXICAL),
    /** The share of the question's different words that it has. */
    SHARE(Part.LEXICAL),
    /** The rarest of the question's words that it has, against the rarest of all. */
    RAREST(Part.LEXICAL),

    DENSE_BEFORE(Part.NEIGHBOUR),
    DENSE_AFTER(Part.NEIGHBOUR),
    DENSE_BESIDE(Part.NEIGHBOUR),
    /** Likeness of the message and the one before it, read as one. */
    DENSE_PAIR(Part.NEIGHBOUR),
    CONTENT_PAIR(Part.NEIGHBOUR),
    DENSE_TWO_BEFORE(Part.NEIGHBOUR),
    DENSE_TWO_AFTER(Part.NEIGHBOUR),
    CONTENT_BESIDE(Part.NEIGHBOUR),
    LEXICAL_BEFORE(Part.NEIGHBOUR),
    LEXICAL_AFTER(Part.NEIGHBOUR),
    LEXICAL_BESIDE(Part.NEIGHBOUR),
    /** The coverage of it and its two neighbours together. */
    COVERAGE_AROUND(Part.NEIGHBOUR),
    /** Whether the message before asks something. */
    ASKED_BEFORE(Part.NEIGHBOUR),
    ASKED_BEFORE_DENSE(Part.NEIGHBOUR),
    ASKED_BEFORE_LEXICAL(Part.NEIGHBOUR),

    SESSION_DENSE(Part.SESSION),
    SESSION_CONTENT(Part.SESSION),
    SESSION_LEXICAL(Part.SESSION),
    SESSION_COVERAGE(Part.SESSION),
    /** The best likeness to the other good hits in its session. */
    SESSION_FEEDBACK(Part.SESSION),
    /** BM25 of its session as one text. */
    SESSION_WORDS(Part.SESSION),
    /** One over the rank of its session among all, by the best message of each. */
    SESSION_RANK(Part.SESSION),
    SESSION_START(Part.SESSION),

    /** 1 where the question names who said it, -1 where it names another, 0 where it names nobody or several. */
    SPEAKER(Part.SPEAKER),
    /** Said by the user, where the question is put to the companion about itself ("you"). */
    USER_TO_YOU(Part.SPEAKER),
    COMPANION_TO_YOU(Part.SPEAKER),
    USER(Part.SPEAKER),

    /** 1 where it was said in a month that the question names, -0.3 in another, 0 where it names none. */
    MONTH(Part.TIME),
    /** Names a time, where the question asks for one. */
    WHEN_TIMED(Part.TIME),
    /** Said within the time that the question names, or soon after: 1 within, less the longer after. */
    SAID_THEN(Part.TIME),
    /** Said outside of it. */
    SAID_ELSE(Part.TIME),
    /** How surely it speaks of the time that the question names. */
    NAMES_THEN(Part.TIME),
    /** Names a time that could be made out, where the question asks for one. */
    WHEN_DATED(Part.TIME),
    /** How late in the relationship it was said (0 to 1), where the question is about how things are now. */
    LATEST(Part.TIME),
    /** The same where it is about how things began. */
    FIRST(Part.TIME),

    LENGTH(Part.FORM),
    LENGTH_SQUARED(Part.FORM),
    LENGTH_USER(Part.FORM),
    LENGTH_TO_YOU(Part.FORM),
    SHORT(Part.FORM),
    ASKS(Part.FORM),
    ENDS_ASKING(Part.FORM),
    ENDS_ASKING_DENSE(Part.FORM),
    /** Has a number, where the question asks for one. */
    COUNTED(Part.FORM),
    NAMES(Part.FORM),
    /** Names somebody or something, where the question asks for a name. */
    WHO_NAMES(Part.FORM),

    /** Likeness to the mean of the five candidates that look best at first sight. */
    FEEDBACK(Part.FEEDBACK),
    /** Likeness to the best three and the question together. */
    FEEDBACK_QUESTION(Part.FEEDBACK),

    /*
     * The same once more, times how much the companion lectures: 0 where both say about as much, up to 1 where its messages
     * are seven times as long as the user's. What makes a good hit differs between friends who chat and an assistant that
     * explains.
     */
    LECTURED_DENSE(Part.DENSE, DENSE),
    LECTURED_CONTENT(Part.DENSE, CONTENT),
    LECTURED_LEXICAL(Part.LEXICAL, LEXICAL),
    LECTURED_COVERAGE(Part.LEXICAL, COVERAGE),
    LECTURED_DENSE_PAIR(Part.NEIGHBOUR, DENSE_PAIR),
    LECTURED_DENSE_BEFORE(Part.NEIGHBOUR, DENSE_BEFORE),
    LECTURED_DENSE_AFTER(Part.NEIGHBOUR, DENSE_AFTER),
    LECTURED_LEXICAL_BEFORE(Part.NEIGHBOUR, LEXICAL_BEFORE),
    LECTURED_LEXICAL_AFTER(Part.NEIGHBOUR, LEXICAL_AFTER),
    LECTURED_COVERAGE_AROUND(Part.NEIGHBOUR, COVERAGE_AROUND),
    LECTURED_ASKED_BEFORE(Part.NEIGHBOUR, ASKED_BEFORE),
    LECTURED_SESSION_DENSE(Part.SESSION, SESSION_DENSE),
    LECTURED_SESSION_CONTENT(Part.SESSION, SESSION_CONTENT),
    LECTURED_SESSION_RANK(Part.SESSION, SESSION_RANK),
    LECTURED_SESSION_START(Part.SESSION, SESSION_START),
    LECTURED_USER(Part.SPEAKER, USER),
    LECTURED_LENGTH(Part.FORM, LENGTH),
    LECTURED_LENGTH_SQUARED(Part.FORM, LENGTH_SQUARED),
    LECTURED_LENGTH_USER(Part.FORM, LENGTH_USER),
    LECTURED_SHORT(Part.FORM, SHORT),
    LECTURED_ASKS(Part.FORM, ASKS),
    LECTURED_ENDS_ASKING(Part.FORM, ENDS_ASKING),
    LECTURED_NAMES(Part.FORM, NAMES),
    LECTURED_FEEDBACK(Part.FEEDBACK, FEEDBACK);

    static final int COUNT = values().length;

    private final Part part;
    private final @Nullable Feature plain;

    Feature(Part part) {
        this.part = part;
        this.plain = null;
    }

    Feature(Part part, Feature plain) {
        this.part = part;
        this.plain = plain;
    }

    /** The feature that this is once more, for relationships in which the companion lectures; null for a plain one. */
    @Nullable
    Feature plain() {
        return plain;
    }

    /** Its place in a candidate's features. */
    @SuppressWarnings("EnumOrdinal") // within one process only: files name features
    int index() {
        return ordinal();
    }

    /** Its value among a candidate's features. */
    float of(float[] features) {
        return features[index()];
    }

    void set(float[] features, float value) {
        features[index()] = value;
    }

    Part part() {
        return part;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
