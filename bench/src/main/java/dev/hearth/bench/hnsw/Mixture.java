package dev.hearth.bench.hnsw;

import java.util.Random;

/**
 * Vectors of length 1 that lie as embeddings of messages do: a part that all share (two messages are alike to about
 * 0.5), one of 300 topics, and a rest in which few directions weigh much and many little.
 */
final class Mixture {

    static final int DIMENSION = 384;

    private static final int TOPICS = 300;
    private static final double SHARED = 0.7;
    private static final double TOPIC = 0.4;
    private static final double OWN = 0.6;

    private final Random random;
    private final float[] shared;
    private final float[][] topics = new float[TOPICS][];

    Mixture(long seed) {
        random = new Random(seed);
        shared = direction(0, SHARED);
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

    /** About {@code length} long; component {@code i} has a variance of about 1 / (1 + i / decay), all alike at 0. */
    private float[] direction(double decay, double length) {
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (random.nextGaussian() / Math.sqrt(decay == 0 ? 1 : 1 + i / decay));
            squares += vector[i] * (double) vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= (float) (length / Math.sqrt(squares));
        }
        return vector;
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
