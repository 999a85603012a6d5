package dev.hearth.engine.recall;

import java.util.ArrayList;
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

    /** The best messages, best first. Scores are differences from the average candidate's. */
    static List<Ranked> rank(Examined examined, int limit) {
        Weights weights = examined.dense() ? Weights.FUSION : Weights.WORDS;
        float[] average = average(examined.features());
        List<Ranked> ranked = new ArrayList<>();
        for (int candidate : examined.order(weights.values())) {
            if (ranked.size() == limit) {
                break;
            }
            ranked.add(explained(examined, candidate, weights, average));
        }
        return ranked;
    }

    private static float[] average(float[][] features) {
        float[] average = new float[Feature.COUNT];
        for (float[] candidate : features) {
            for (int f = 0; f < average.length; f++) {
                average[f] += candidate[f] / features.length;
            }
        }
        return average;
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
        return new Ranked(examined.seqs()[candidate], score, parts, examined.cosine(candidate));
    }
}
