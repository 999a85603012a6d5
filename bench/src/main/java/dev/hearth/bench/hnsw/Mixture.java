package dev.hearth.bench.hnsw;

import java.util.Random;

/**
 * Vectors of length 1 that lie as embeddings of messages do: a part that all share (two messages are alike to about
 * 0.5), one of 300 topics, and a rest in which few directions weigh much and many little. The directions are not those
 * of the components, as they are not in embeddings.
 */
final class Mixture {

    static final int DIMENSION = 384;

    private static final int TOPICS = 300;
    private static final double SHARED = 0.7;
    private static final double TOPIC = 0.4;
    private static final double OWN = 0.6;

    private final Random random;
    private final float[][] axes = new float[DIMENSION][];
    private final float[] shared;
    private final float[][] topics = new float[TOPICS][];

    Mixture(long seed) {
        random = new Random(seed);
        for (int i = 0; i < DIMENSION; i++) {
            axes[i] = axis(i);
        }
        shared = direction(DIMENSION, SHARED);
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = direction(60, TOPIC);
        }
    }

    /** The next message. */
    float[] message() {
        return normal(sum(sum(shared, topics[random.nextInt(TOPICS)]), direction(60, OWN)));
    }

    /** A question about something like {@code message}. */
    float[] question(float[] message) {
        return normal(sum(message, direction(60, OWN)));
    }

    /** A direction at right angles to the first {@code count} axes. */
    private float[] axis(int count) {
        float[] axis = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            axis[i] = (float) random.nextGaussian();
        }
        for (int before = 0; before < count; before++) {
            add(axes[before], (float) -dot(axes[before], axis), axis);
        }
        return normal(axis);
    }

    /** A vector of this length; its part along axis {@code i} has a variance of about 1 / (1 + i / decay). */
    private float[] direction(double decay, double length) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            add(axes[i], (float) (random.nextGaussian() / Math.sqrt(1 + i / decay)), vector);
        }
        normal(vector);
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= (float) length;
        }
        return vector;
    }

    private static void add(float[] from, float times, float[] to) {
        for (int i = 0; i < DIMENSION; i++) {
            to[i] += times * from[i];
        }
    }

    private static float[] sum(float[] one, float[] other) {
        float[] sum = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            sum[i] = one[i] + other[i];
        }
        return sum;
    }

    private static float[] normal(float[] vector) {
        float length = (float) Math.sqrt(dot(vector, vector));
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
