package dev.hearth.kernel.vector;

import java.util.Arrays;

/** Rounds vectors to whole numbers. */
final class Rounding {

    private Rounding() {}

    /** The largest query that a row of {@code dimension} surely takes in 32 bits, at most 16 bits. */
    static int exactLimit(int dimension) {
        return (int) Math.min(Short.MAX_VALUE, Integer.MAX_VALUE / ((long) QuantizedVector.LARGEST * dimension));
    }

    /**
     * Writes {@code steps} times the query, rounded; returns what one step is worth where the query has length 1.
     *
     * @param steps 0 for the zero vector
     */
    static float write(float[] query, double steps, short[] into) {
        if (steps == 0) {
            Arrays.fill(into, (short) 0);
            return 0;
        }
        double squares = 0;
        for (int i = 0; i < query.length; i++) {
            squares += (double) query[i] * query[i];
            into[i] = (short) Math.round(query[i] * steps);
        }
        return (float) (1 / (steps * Math.sqrt(squares)));
    }

    /**
     * The largest magnitude in {@code query}.
     *
     * @throws IllegalArgumentException where one is not finite
     */
    static double largest(float[] query) {
        double largest = 0;
        for (float component : query) {
            if (!Float.isFinite(component)) {
                throw new IllegalArgumentException("A vector's components are finite.");
            }
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }

    /** Rounds so that the largest component becomes {@code limit}. */
    static float toLimit(float[] query, int limit, short[] into) {
        double largest = largest(query);
        return write(query, largest == 0 ? 0 : limit / largest, into);
    }
}
