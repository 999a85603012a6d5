package dev.hearth.bench.storage;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.util.List;
import java.util.Random;

/** Vectors that cost little to make and pack no better than a model's: normal components, drawn by the text. */
public final class NoiseEmbedder implements Embedder {

    private static final int DIMENSION = 384;

    @Override
    public String id() {
        return "noise";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        return texts.stream().map(text -> List.of(drawn(text))).toList();
    }

    private static float[] drawn(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    @Override
    public void close() {}
}
