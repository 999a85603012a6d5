package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.Rows;
import java.util.Arrays;

/** What a candidate's vector tells, by itself, with the message before it, and beside the best candidates' vectors. */
final class LikenessFeatures {

    private static final int FEEDBACK_HITS = 5;
    private static final int FEEDBACK_QUESTION_HITS = 3;
    private static final float SHARPNESS = 1.5f;

    /** What the message before counts for where the two are read as one. */
    private static final float PAIR = 0.7f;

    private final Signals signals;
    private final Candidates candidates;
    private final Likeness question;
    private final Likeness content;
    private final Rows vectors;

    LikenessFeatures(Signals signals, Candidates candidates, Likeness question, Likeness content, Rows vectors) {
        this.signals = signals;
        this.candidates = candidates;
        this.question = question;
        this.content = content;
        this.vectors = vectors;
    }

    /**
     * Computes the features of all candidates.
     *
     * @param asked the question's vector
     * @param compared the candidates' rows, side by side
     */
    void fill(float[][] values, float[] asked, Rows compared) {
        float[] links = links();
        compare(values, question, links, Feature.DENSE, Feature.DENSE_RANK, Feature.DENSE_PAIR);
        compare(values, content, links, Feature.CONTENT, Feature.CONTENT_RANK, Feature.CONTENT_PAIR);
        feedback(values, asked, compared);
    }

    /** The cosine of each candidate with the message before it, 0 where either has no vector. */
    private float[] links() {
        float[] links = new float[candidates.size()];
        for (int c = 0; c < links.length; c++) {
            int place = candidates.places()[c];
            int before = signals.beside(place, -1);
            if (before != Signals.NONE && question.has(place) && question.has(before)) {
                links[c] = vectors.cosine(question.row(place), question.row(before));
            }
        }
        return links;
    }

    private void compare(float[][] values, Likeness likeness, float[] links, Feature own, Feature rank, Feature pair) {
        float[] cosines = new float[values.length];
        float[] pairs = new float[values.length];
        for (int c = 0; c < cosines.length; c++) {
            int place = candidates.places()[c];
            int before = signals.beside(place, -1);
            cosines[c] = likeness.has(place) ? likeness.cosine(place) : Float.NaN;
            boolean paired = before != Signals.NONE && likeness.has(before);
            double norm = Math.sqrt(1 + PAIR * PAIR + 2 * PAIR * links[c]);
            pairs[c] = paired ? (float) ((cosines[c] + PAIR * likeness.cosine(before)) / norm) : cosines[c];
            own.set(values[c], likeness.of(place));
        }
        setRanks(values, cosines, rank);
        setScaled(values, likeness, pairs, pair);
    }

    private void feedback(float[][] values, float[] asked, Rows compared) {
        int[] best = candidates.best(FEEDBACK_HITS);
        float[] middle = new float[asked.length];
        float[] with = asked.clone();
        for (int i = 0; i < best.length; i++) {
            if (compared.owner(best[i]) != Signals.NONE) {
                float nearness = candidates.sight()[best[i]] - candidates.sight()[best[0]];
                compared.add(best[i], (float) Math.exp(SHARPNESS * nearness), middle);
                if (i < FEEDBACK_QUESTION_HITS) {
                    compared.add(best[i], 1f / FEEDBACK_QUESTION_HITS, with);
                }
            }
        }
        setScaled(values, question, near(middle, compared), Feature.FEEDBACK);
        setScaled(values, question, near(with, compared), Feature.FEEDBACK_QUESTION);
        float[] bySession = new float[signals.size == 0 ? 0 : signals.runs[signals.size - 1] + 1];
        for (int c = 0; c < values.length; c++) {
            int run = signals.runs[candidates.places()[c]];
            bySession[run] = Math.max(bySession[run], Feature.FEEDBACK.of(values[c]));
        }
        for (int c = 0; c < values.length; c++) {
            Feature.SESSION_FEEDBACK.set(
                    values[c], bySession[signals.runs[candidates.places()[c]]]);
        }
    }

    private static float[] near(float[] vector, Rows compared) {
        float[] scores = new float[compared.count()];
        compared.scan(vector, scores);
        for (int c = 0; c < scores.length; c++) {
            scores[c] = compared.owner(c) == Signals.NONE ? Float.NaN : scores[c];
        }
        return scores;
    }

    private static void setRanks(float[][] values, float[] scores, Feature feature) {
        long[] order = new long[scores.length];
        for (int c = 0; c < order.length; c++) {
            float score = Float.isNaN(scores[c]) ? -2 : scores[c];
            // Of equals the newer, which is the later candidate, comes first.
            order[c] = (long) ((2 - score) * (1 << 20)) << 20 | (order.length - 1 - c);
        }
        Arrays.sort(order);
        double lowest = Math.log1p(order.length);
        for (int rank = 0; rank < order.length; rank++) {
            int candidate = order.length - 1 - ((int) order[rank] & ((1 << 20) - 1));
            feature.set(values[candidate], (float) (1 - Math.log1p(rank) / lowest));
        }
    }

    private static void setScaled(float[][] values, Likeness likeness, float[] scores, Feature feature) {
        float best = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            // A comparison with NaN is false.
            best = score > best ? score : best;
        }
        for (int c = 0; c < scores.length; c++) {
            feature.set(values[c], Float.isNaN(scores[c]) ? 0 : likeness.scaled(scores[c], best));
        }
    }
}
