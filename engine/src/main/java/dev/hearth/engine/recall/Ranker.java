package dev.hearth.engine.recall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Orders candidates by a weighted sum of their features. Stateless, safe for many threads. */
final class Ranker {

    private static final Feature[] FEATURES = Feature.values();
    private static final Part[] PARTS = Part.values();
    /** So that good hits score around 1. */
    private static final double SCALE = 0.1;

    private Ranker() {}

    /** The best messages, best first, of equals the newer. Scores are differences from the average candidate's. */
    static List<Ranked> rank(Examined examined, int limit) {
        Weights weights = examined.dense() ? Weights.FUSION : Weights.WORDS;
        float[][] features = examined.features();
        if (features.length == 0) {
            return List.of();
        }
        Best best = new Best(Math.clamp(limit, 1, features.length));
        float[] average = new float[Feature.COUNT];
        for (int c = 0; c < features.length; c++) {
            best.offer(c, weights.score(features[c]));
            for (int f = 0; f < average.length; f++) {
                average[f] += features[c][f] / features.length;
            }
        }
        List<Ranked> worstFirst = new ArrayList<>(best.size());
        while (best.size() > 0) {
            int c = best.takeWorst();
            worstFirst.add(explained(examined, c, weights, average));
        }
        Collections.reverse(worstFirst);
        return worstFirst;
    }

    private static Ranked explained(Examined examined, int candidate, Weights weights, float[] average) {
        float[] features = examined.features()[candidate];
        double[] sums = new double[PARTS.length];
        for (int f = 0; f < features.length; f++) {
            sums[FEATURES[f].part().ordinal()] += SCALE * weights.of(FEATURES[f]) * (features[f] - average[f]);
        }
        double score = 0;
        Map<String, Double> parts = new LinkedHashMap<>();
        for (Part part : PARTS) {
            boolean compares = part == Part.DENSE || part == Part.FEEDBACK;
            if (examined.dense() || !compares) {
                parts.put(part.title(), sums[part.ordinal()]);
                score += sums[part.ordinal()];
            }
        }
        return new Ranked(examined.seqs()[candidate], score, parts, examined.cosines()[candidate]);
    }
}
