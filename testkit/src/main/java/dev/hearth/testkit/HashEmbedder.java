package dev.hearth.testkit;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words hashed into a small vector: texts that share words are near each other, nothing more. Cheap and the same on
 * every machine. A text longer than {@value #WINDOW_WORDS} words has several windows.
 */
public final class HashEmbedder implements Embedder {

    /** How many words one vector stands for. */
    public static final int WINDOW_WORDS = 200;

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final int dimension;
    private volatile boolean closed;

    /** An embedder of 64 dimensions. */
    public HashEmbedder() {
        this(64);
    }

    public HashEmbedder(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public String id() {
        return "hash-words/" + dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        if (closed) {
            throw new EmbedderException("The hashing embedder is closed.", null);
        }
        if (deadline.expired()) {
            throw new EmbedderException("The deadline had passed before the hashing embedder began.", null);
        }
        List<List<float[]>> all = new ArrayList<>(texts.size());
        for (String text : texts) {
            all.add(windows(text));
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
    }

    private List<float[]> windows(String text) {
        List<String> words = NOT_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        List<float[]> vectors = new ArrayList<>();
        int start = 0;
        do {
            vectors.add(vector(words.subList(start, Math.min(words.size(), start + WINDOW_WORDS))));
            start += WINDOW_WORDS;
        } while (start < words.size());
        return vectors;
    }

    private float[] vector(List<String> words) {
        float[] vector = new float[dimension];
        // A text without a word still needs a vector of length 1.
        vector[0] = words.isEmpty() ? 1 : 0;
        for (String word : words) {
            int hash = word.hashCode() * 0x9E3779B1;
            vector[Math.floorMod(hash, dimension)] += 1;
            vector[Math.floorMod(Integer.rotateLeft(hash, 13) * 0x85EBCA6B, dimension)] += 0.5f;
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < dimension; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
