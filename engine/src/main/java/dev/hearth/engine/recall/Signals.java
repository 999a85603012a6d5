package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.LexicalMatch;
import dev.hearth.kernel.vector.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every message for one query, by its place in the index: the cheap part of ranking, linear in the
 * messages. Made for one search.
 */
final class Signals {

    /** The place of a message that is not there. */
    static final int NONE = -1;

    /** How many messages are considered: those with places below. */
    final int size;

    /** Whether the message may be found; the others are as if they were not there. */
    final boolean[] present;

    final LexicalMatch words;

    /** Likeness to the whole question; null where there is nothing to compare. */
    final @Nullable Likeness question;

    /** Likeness to its content words alone; the same as the question's where there are no others. */
    final @Nullable Likeness content;

    /** For each message the number of its run: neighbours of one session. */
    final int[] runs;

    /** The highest BM25 of all. */
    private final float bestLexical;

    Signals(boolean[] present, int[] sessions, LexicalMatch words, RecallQuery query, @Nullable Rows vectors) {
        this.size = present.length;
        this.present = present;
        this.words = words;
        this.runs = runs(present, sessions);
        float[] whole = query.vector();
        float[] condensed = query.content();
        boolean comparable = whole != null && vectors != null && vectors.count() > 0;
        this.question = comparable && whole != null && vectors != null ? new Likeness(whole, vectors, present) : null;
        this.content = question == null || condensed == null || vectors == null
                ? question
                : new Likeness(condensed, vectors, present);
        float highest = 0;
        for (int i = 0; i < size; i++) {
            highest = present[i] ? Math.max(highest, words.scores()[i]) : highest;
        }
        bestLexical = highest;
    }

    /** BM25 of a message, 0 to 1. */
    float lexical(int place) {
        return bestLexical == 0 ? 0 : words.scores()[place] / bestLexical;
    }

    /** Likeness of a message to the question, about 0 to 1; 0 where there is none. */
    float dense(int place) {
        return question == null ? 0 : question.of(place);
    }

    /** The same to its content words. */
    float condensed(int place) {
        return content == null ? 0 : content.of(place);
    }

    /** Whether there is anything by which the message may be found. */
    boolean comparable(int place) {
        return question != null && question.has(place);
    }

    /** The message just before or after ({@code step} -1 or 1) in its session, {@link #NONE} where there is none. */
    int beside(int place, int step) {
        int at = place + step;
        while (at >= 0 && at < size && runs[at] == runs[place]) {
            if (present[at]) {
                return at;
            }
            at += step;
        }
        return NONE;
    }

    private static int[] runs(boolean[] present, int[] sessions) {
        int[] runs = new int[present.length];
        for (int i = 1; i < runs.length; i++) {
            runs[i] = runs[i - 1] + (sessions[i] == sessions[i - 1] ? 0 : 1);
        }
        return runs;
    }
}
