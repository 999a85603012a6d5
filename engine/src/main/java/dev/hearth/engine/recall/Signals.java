package dev.hearth.engine.recall;

import org.jspecify.annotations.Nullable;

/**
 * What is known of each message for one query, by its place in the index. Made for one search.
 */
final class Signals {

    /** How many messages are considered: those with places below. */
    final int size;

    /** Whether the message may be found; the others are as if they were not there. */
    final boolean[] present;

    final int[] sessions;

    /** BM25 of each message, 0 or more. */
    final float[] lexical;

    /** The best cosine of each message's vectors, NaN where it has none; null where no message or no query has any. */
    final float @Nullable [] dense;

    private float lowestDense;
    private float rangeOfDense;

    Signals(int size, boolean[] present, int[] sessions, float[] lexical, float @Nullable [] dense) {
        this.size = size;
        this.present = present;
        this.sessions = sessions;
        this.lexical = lexical;
        this.dense = dense;
    }

    /** A message's cosine as it was before scaling, 0 where there is none. */
    double cosine(int place) {
        if (dense == null || Float.isNaN(dense[place])) {
            return 0;
        }
        return lowestDense + (double) rangeOfDense * (rangeOfDense > 0 ? dense[place] : 0);
    }

    /** Scales the words' scores to 0 to 1: no word in common is 0, the best is 1. */
    void scaleLexical() {
        float highest = 0;
        for (int i = 0; i < size; i++) {
            highest = present[i] ? Math.max(highest, lexical[i]) : highest;
        }
        for (int i = 0; i < size && highest > 0; i++) {
            lexical[i] /= highest;
        }
    }

    /** Scales the cosines to 0 to 1: the lowest is 0, the best is 1; where all are equal, 1 above 0 and else 0. */
    void scaleDense() {
        if (dense == null) {
            return;
        }
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            // A comparison with NaN is false, so that messages without a vector do not count.
            if (present[i] && dense[i] < lowest) {
                lowest = dense[i];
            }
            if (present[i] && dense[i] > highest) {
                highest = dense[i];
            }
        }
        float range = highest - lowest;
        lowestDense = lowest;
        rangeOfDense = range;
        for (int i = 0; i < size; i++) {
            if (range > 0) {
                dense[i] = (dense[i] - lowest) / range;
            } else if (!Float.isNaN(dense[i])) {
                dense[i] = dense[i] > 0 ? 1 : 0;
            }
        }
    }
}
