package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.Rows;
import java.util.Arrays;

/** How near every message is to one vector of the question, by place. Made for one search. */
final class Likeness {

    /** So many standard deviations lie between the best and the worst of a few hundred messages. */
    private static final float RANGE = 6;

    private final float[] cosines;
    private final float[] likenesses;
    private final int[] rows;
    private final float mean;
    private final float deviation;

    /**
     * Takes the best of each message that is present.
     *
     * @param scores the cosine of every row
     */
    Likeness(float[] scores, Rows vectors, boolean[] present) {
        int size = present.length;
        cosines = new float[size];
        rows = new int[size];
        Arrays.fill(rows, Signals.NONE);
        for (int row = 0; row < vectors.count(); row++) {
            int owner = vectors.owner(row);
            if (owner >= 0
                    && owner < size
                    && present[owner]
                    && (rows[owner] == Signals.NONE || cosines[owner] < scores[row])) {
                cosines[owner] = scores[row];
                rows[owner] = row;
            }
        }
        float highest = Float.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (rows[i] != Signals.NONE) {
                highest = Math.max(highest, cosines[i]);
                sum += cosines[i];
                squares += (double) cosines[i] * cosines[i];
                count++;
            }
        }
        mean = count == 0 ? 0 : (float) (sum / count);
        deviation = count == 0 ? 0 : (float) Math.sqrt(Math.max(0, squares / count - (double) mean * mean));
        likenesses = new float[size];
        for (int i = 0; i < size; i++) {
            likenesses[i] = scaled(cosines[i], highest);
        }
        for (int i = 0; i < size && count < size; i++) {
            likenesses[i] = has(i) ? likenesses[i] : 0;
        }
    }

    /** Whether the message has a vector. */
    boolean has(int place) {
        return rows[place] != Signals.NONE;
    }

    /** The row of the message's best vector, {@link Signals#NONE} for none. */
    int row(int place) {
        return rows[place];
    }

    /** The message's best cosine, 0 where it has no vector. */
    float cosine(int place) {
        return cosines[place];
    }

    /**
     * 1 for the best of all, and one less for every {@value #RANGE} standard deviations below, at least 0; 0 without a
     * vector. By place, not to be changed.
     */
    float[] likenesses() {
        return likenesses;
    }

    /** {@link #likenesses} of one message. */
    float of(int place) {
        return likenesses[place];
    }

    /** A cosine on that scale, where the best is {@code best}. */
    float scaled(float cosine, float best) {
        return deviation <= 0 ? 1 : Math.max(0, 1 - (best - cosine) / (RANGE * deviation));
    }

    /** How many standard deviations of all messages the message lies above their mean; 0 without a vector. */
    float deviations(int place) {
        return has(place) && deviation > 0 ? (cosines[place] - mean) / deviation : 0;
    }
}
