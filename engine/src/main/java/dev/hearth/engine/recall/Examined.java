package dev.hearth.engine.recall;

import java.util.List;
import java.util.stream.Stream;

/**
 * The candidates of one query as the ranker sees them, in the order of their seqs.
 *
 * @param dense whether likeness of meaning was compared
 * @param features of each candidate, in the order of {@link #names}
 * @param cosines of each candidate's best vector with the question's, 0 where either has none
 * @param seqs the candidates' own numbers
 */
@SuppressWarnings("ArrayRecordComponent") // made for one search and compared with nothing
public record Examined(boolean dense, float[][] features, float[] cosines, long[] seqs) {

    /** What the features are called in the weights file. */
    public static List<String> names() {
        return Stream.of(Feature.values()).map(Feature::title).toList();
    }
}
