package dev.hearth.spi;

import java.util.List;

/**
 * Texts to vectors. Vectors of one embedder may be compared with each other and with no other's.
 *
 * <p>Safe for many threads; computation runs on the embedder's own bounded threads while callers wait. Texts given
 * together may be computed together. Deterministic: the same text gives the same vector up to rounding.
 */
public interface Embedder extends AutoCloseable {

    /** Names the model's bytes, the pooling and the instruction; stored beside every vector, mixing is refused. */
    String id();

    /** How many numbers a vector has. */
    int dimension();

    /**
     * For each text, in order, one L2-normalised vector per window of the text: at least one, several for a text
     * longer than the model reads at once.
     *
     * @throws EmbedderException where the deadline passes, the embedder is overloaded, closed or fails
     */
    List<List<float[]>> embed(List<String> texts, Deadline deadline);

    @Override
    void close();
}
