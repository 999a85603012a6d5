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

    private static final int FIRST_HITS = 3;

    private Ranker() {}

    /** The best messages, best first. Scores are differences from the average candidate's. */
    static RecallResult rank(Examined examined, int limit) {
        Weights weights = examined.dense() ? Weights.FUSION : Weights.WORDS;
        float[] average = average(examined.features());
        List<Ranked> ranked = new ArrayList<>();
        int[] order = examined.order(weights.values());
        for (int candidate : order) {
            if (ranked.size() == limit) {
                break;
            }
            ranked.add(explained(examined, candidate, weights, average));
        }
        inOrder(ranked);
        return new RecallResult(ranked, confidence(examined.features(), order));
    }

    /** What goes before a better hit because it is newer is told to be as good, and why. */
    private static void inOrder(List<Ranked> ranked) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = ranked.size() - 1; i >= 0; i--) {
            Ranked hit = ranked.get(i);
            if (hit.score() < best) {
                Map<String, Double> parts = new LinkedHashMap<>(hit.parts());
                parts.put("newer", best - hit.score());
                hit = new Ranked(hit.seq(), best, parts, hit.likeness());
                ranked.set(i, hit);
            }
            best = hit.score();
        }
    }

    /** Tells questions that the memories answer from others better than any score of the hits, which is relative. */
    private static double confidence(float[][] features, int[] order) {
        if (order.length == 0) {
            return 0;
        }
        float rarest = 0;
        for (int i = 0; i < Math.min(FIRST_HITS, order.length); i++) {
            rarest = Math.max(rarest, features[order[i]][Feature.RAREST.index()]);
        }
        return (rarest + features[order[0]][Feature.SESSION_COVERAGE.index()]) / 2.0;
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
            sums[FEATURES[f].part().index()] += SCALE * weights.of(FEATURES[f]) * (features[f] - average[f]);
        }
        double score = 0;
        Map<String, Double> parts = new LinkedHashMap<>();
        for (Part part : PARTS) {
            boolean compares = part == Part.DENSE || part == Part.FEEDBACK;
            if (examined.dense() || !compares) {
                parts.put(part.title(), sums[part.index()]);
                score += sums[part.index()];
            }
        }
        return new Ranked(examined.seqs()[candidate], score, parts, examined.cosine(candidate));
    }
}
