package dev.hearth.bench.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits one weight a feature: each candidate that holds the answer is to win a softmax against those that do not. Full
 * batches, Adam (Kingma and Ba, 2015), a little weight decay on standardised features; the same examples give the same
 * weights. Every set weighs the same, whatever its size, but for made-up ones.
 */
final class Fit {

    private static final int STEPS = 200;
    private static final double RATE = 0.05;
    private static final double DECAY = 1e-2;

    /** What a made-up set counts. */
    private static final double MADE_UP_SHARE = 0.2;

    private final List<float[][]> candidates = new ArrayList<>();
    private final List<int[]> evidence = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private final int size;
    private final boolean[] used;

    private Fit(List<Example> examples, boolean[] used) {
        this.used = used;
        this.size = used.length;
        double total = 0;
        for (Example example : examples) {
            if (example.evidence().length > 0) {
                double share = share(examples, example);
                candidates.add(example.examined().features());
                evidence.add(example.evidence());
                shares.add(share);
                total += share;
            }
        }
        double sum = total;
        shares.replaceAll(share -> share / sum);
    }

    /** The weights, one a feature; 0 for those that are not {@code used}. */
    static float[] weights(List<Example> examples, boolean[] used) {
        return new Fit(examples, used).run();
    }

    /** So that every set counts the same, and made-up ones a fifth of that: they are only to keep weights sensible. */
    private static double share(List<Example> examples, Example one) {
        long count = examples.stream()
                .filter(example -> example.set().equals(one.set()) && example.evidence().length > 0)
                .count();
        return (one.madeUp() ? MADE_UP_SHARE : 1) / count;
    }

    private float[] run() {
        double[] mean = new double[size];
        double[] deviation = new double[size];
        standards(mean, deviation);
        double[] weights = new double[size];
        double[] first = new double[size];
        double[] second = new double[size];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(weights, deviation);
            double rate = step < STEPS * 0.6 ? RATE : RATE * 0.3;
            for (int f = 0; f < size; f++) {
                double slope = used[f] ? gradient[f] + DECAY * weights[f] : 0;
                first[f] = 0.9 * first[f] + 0.1 * slope;
                second[f] = 0.999 * second[f] + 0.001 * slope * slope;
                double unbiased = first[f] / (1 - Math.pow(0.9, step));
                weights[f] -= rate * unbiased / (Math.sqrt(second[f] / (1 - Math.pow(0.999, step))) + 1e-8);
            }
        }
        float[] plain = new float[size];
        for (int f = 0; f < size; f++) {
            plain[f] = (float) (weights[f] / deviation[f]);
        }
        return plain;
    }

    private void standards(double[] mean, double[] deviation) {
        long count = 0;
        double[] squares = new double[size];
        for (float[][] rows : candidates) {
            for (float[] row : rows) {
                for (int f = 0; f < size; f++) {
                    mean[f] += row[f];
                    squares[f] += (double) row[f] * row[f];
                }
            }
            count += rows.length;
        }
        for (int f = 0; f < size; f++) {
            mean[f] /= count;
            deviation[f] = Math.sqrt(Math.max(0, squares[f] / count - mean[f] * mean[f])) + 1e-4;
        }
    }

    private double[] gradient(double[] weights, double[] deviation) {
        double[] gradient = new double[size];
        double[] plain = new double[size];
        for (int f = 0; f < size; f++) {
            plain[f] = weights[f] / deviation[f];
        }
        for (int q = 0; q < candidates.size(); q++) {
            add(candidates.get(q), evidence.get(q), shares.get(q), plain, gradient);
        }
        for (int f = 0; f < size; f++) {
            gradient[f] /= deviation[f];
        }
        return gradient;
    }

    private void add(float[][] rows, int[] right, double share, double[] plain, double[] gradient) {
        double[] scores = new double[rows.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < rows.length; c++) {
            for (int f = 0; f < size; f++) {
                scores[c] += plain[f] * rows[c][f];
            }
            highest = Math.max(highest, scores[c]);
        }
        boolean[] isRight = new boolean[rows.length];
        for (int c : right) {
            isRight[c] = true;
        }
        double wrong = 0;
        for (int c = 0; c < rows.length; c++) {
            scores[c] = Math.exp(scores[c] - highest);
            wrong += isRight[c] ? 0 : scores[c];
        }
        double each = share / right.length;
        double pull = 0;
        double[] push = new double[rows.length];
        for (int c : right) {
            double among = 1 / (scores[c] + wrong + 1e-300);
            push[c] = each * (scores[c] * among - 1);
            pull += each * among;
        }
        for (int c = 0; c < rows.length; c++) {
            double slope = isRight[c] ? push[c] : scores[c] * pull;
            if (Math.abs(slope) > 1e-12) {
                for (int f = 0; f < size; f++) {
                    gradient[f] += slope * rows[c][f];
                }
            }
        }
    }
}
