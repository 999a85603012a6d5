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

    /** For each message the number of its run: neighbours of one session. May be longer than there are messages. */
    final int[] runs;

    private final float[] dense;
    private final float[] condensed;
    private final float[] lexical;

    Signals(boolean[] present, int[] runs, LexicalMatch words, RecallQuery query, @Nullable Rows vectors) {
        this.size = present.length;
        this.present = present;
        this.words = words;
        this.runs = runs;
        this.lexical = lexical(present, words.scores());
        float[] whole = query.vector();
        float[] ofContent = query.content();
        if (whole == null || vectors == null || vectors.count() == 0) {
            this.question = null;
            this.content = null;
            this.dense = new float[size];
            this.condensed = dense;
            return;
        }
        float[] scores = new float[vectors.count()];
        if (ofContent == null) {
            vectors.scan(whole, scores);
            this.question = new Likeness(scores, vectors, present);
            this.content = question;
        } else {
            float[] contentScores = new float[vectors.count()];
            vectors.scan(whole, scores, ofContent, contentScores);
            this.question = new Likeness(scores, vectors, present);
            this.content = new Likeness(contentScores, vectors, present);
        }
        this.dense = question.likenesses();
        this.condensed = content.likenesses();
    }

    /** BM25 by place, the highest of those that are present being 1. */
    private static float[] lexical(boolean[] present, float[] scores) {
        float highest = 0;
        for (int i = 0; i < present.length; i++) {
            highest = present[i] ? Math.max(highest, scores[i]) : highest;
        }
        float[] scaled = new float[present.length];
        for (int i = 0; i < scaled.length && highest > 0; i++) {
            scaled[i] = scores[i] / highest;
        }
        return scaled;
    }

    /** BM25 of a message, 0 to 1. */
    float lexical(int place) {
        return lexical[place];
    }

    /** Likeness of a message to the question, about 0 to 1; 0 where there is none. */
    float dense(int place) {
        return dense[place];
    }

    /** The same to its content words. */
    float condensed(int place) {
        return condensed[place];
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
}
