package dev.hearth.kernel.vector;

import java.util.Random;

/** Vectors for tests. */
final class Vectors {

    private Vectors() {}

    static float[] random(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static double length(float[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    static double cosine(float[] a, float[] b) {
        return dot(a, b) / (length(a) * length(b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
