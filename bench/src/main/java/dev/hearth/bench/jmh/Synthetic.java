package dev.hearth.bench.jmh;

import java.util.Random;

/** Made-up messages of the shape of chats. */
public final class Synthetic {

    private static final int VOCABULARY = 20_000;

    private Synthetic() {}

    /** 384 dimensions, any length. */
    public static float[] vector(Random random) {
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** Words by Zipf's law: the n-th most frequent of 20,000 comes with a chance of about 1/n. */
    public static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
            text.append(word(rank)).append(' ');
        }
        return text.toString();
    }

    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        for (int rest = rank + 7; rest > 0; rest /= 20) {
            word.append("bdfgklmnprtvzaeioust".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
        }
        return word.toString();
    }
}
