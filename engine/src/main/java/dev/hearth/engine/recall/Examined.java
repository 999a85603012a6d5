package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The candidates of one query as the ranker sees them, in the order of their seqs.
 */
public final class Examined {

    /** So many of the first hits are put in order of time where they are about the same. */
    private static final int HITS = 5;

    /** Two that are less alike are not about the same. */
    private static final float ABOUT_THE_SAME = 0.65f;

    /** So much better an older message may be and still stand behind a newer one about the same. */
    private static final float NEARLY_AS_GOOD = 1;

    private final FeatureTable table;
    private final long[] seqs;

    Examined(FeatureTable table, long[] seqs) {
        this.table = table;
        this.seqs = seqs;
    }

    /** What the features are called in the weights file. */
    public static List<String> names() {
        return Stream.of(Feature.values()).map(Feature::title).toList();
    }

    /** Whether likeness of meaning was compared. */
    boolean dense() {
        return table.rows() != null;
    }

    /** Of each candidate, in the order of {@link #names}; not to be changed. */
    public float[][] features() {
        return table.values();
    }

    /** The candidates' own numbers, rising; not to be changed. */
    public long[] seqs() {
        return seqs;
    }

    /** The cosine of a candidate's best vector with the question's, 0 where either has none. */
    double cosine(int candidate) {
        return table.cosine(candidate);
    }

    /**
     * The candidates, best first, under some weights: by their weighted sums, of equals the newer first; then, of the first
     * few, what the user said of late about the same thing goes before what they said earlier, unless the question is about
     * how things began.
     */
    public int[] order(float[] weights) {
        float[] scores = scores(weights);
        int[] order = falling(scores);
        Rows rows = table.rows();
        if (rows != null && !table.cues().first()) {
            newestFirst(order, scores, rows);
        }
        return order;
    }

    /** The candidates by falling score, of equals the later first. */
    private static int[] falling(float[] scores) {
        long[] keys = new long[scores.length];
        for (int c = 0; c < keys.length; c++) {
            // The bits of floats, those of negative ones turned over, are in the order of the floats.
            int bits = Float.floatToIntBits(scores[c] + 0f);
            int rising = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[c] = (long) ~rising << Integer.SIZE | (keys.length - 1 - c);
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int rank = 0; rank < order.length; rank++) {
            order[rank] = keys.length - 1 - (int) keys[rank];
        }
        return order;
    }

    private float[] scores(float[] weights) {
        float[] scores = new float[seqs.length];
        for (int c = 0; c < scores.length; c++) {
            float[] features = table.values()[c];
            for (int f = 0; f < weights.length; f++) {
                scores[c] += weights[f] * features[f];
            }
        }
        return scores;
    }

    private void newestFirst(int[] order, float[] scores, Rows rows) {
        int end = Math.min(HITS, order.length);
        for (int at = 1; at < end; at++) {
            int newer = order[at];
            int to = at;
            for (int before = at - 1; before >= 0; before--) {
                int older = order[before];
                if (older < newer
                        && scores[older] - scores[newer] < NEARLY_AS_GOOD
                        && table.bothByUser(older, newer)
                        && table.comparable(rows, older, newer)
                        && rows.cosine(older, newer) > ABOUT_THE_SAME) {
                    to = before;
                }
            }
            System.arraycopy(order, to, order, to + 1, at - to);
            order[to] = newer;
        }
    }
}
