package dev.hearth.engine.recall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders messages by a weighted sum of their signals. Linear in the messages; stateless, safe for many threads.
 */
final class Ranker {

    private final Weights fusion;
    private final Weights wordsAlone;

    Ranker(Weights weights) {
        this.fusion = weights;
        this.wordsAlone = weights.wordsAlone();
    }

    /**
     * The best messages, best first. A message is found where it has a vector to compare or a score above 0.
     *
     * @param signals of the messages; scaled in place
     * @param seqs the messages' own numbers, by place
     */
    List<Ranked> rank(Signals signals, long[] seqs, int limit) {
        signals.scaleLexical();
        signals.scaleDense();
        Weights weights = signals.dense == null ? wordsAlone : fusion;
        double[] own = own(signals, weights);
        double[] neighbours = neighbours(signals, own);
        Best best = new Best(Math.max(1, Math.min(limit, signals.size)));
        for (int i = 0; i < signals.size; i++) {
            if (signals.present[i]) {
                double score = own[i] + weights.neighbour() * neighbours[i];
                if (score > 0 || (signals.dense != null && !Float.isNaN(signals.dense[i]))) {
                    best.offer(i, score);
                }
            }
        }
        List<Ranked> worstFirst = new ArrayList<>(best.size());
        while (best.size() > 0) {
            int i = best.takeWorst();
            worstFirst.add(explained(signals, weights, neighbours[i], i, seqs[i]));
        }
        Collections.reverse(worstFirst);
        return worstFirst;
    }

    private static double[] own(Signals signals, Weights weights) {
        double[] own = new double[signals.size];
        for (int i = 0; i < own.length; i++) {
            own[i] = dense(signals, weights, i) + weights.lexical() * signals.lexical[i];
        }
        return own;
    }

    private static double dense(Signals signals, Weights weights, int i) {
        return signals.dense == null || Float.isNaN(signals.dense[i]) ? 0 : weights.dense() * signals.dense[i];
    }

    /** For each message the better score of the ones just before and after it in its session, 0 where there is none. */
    private static double[] neighbours(Signals signals, double[] own) {
        double[] neighbours = new double[own.length];
        int previous = -1;
        for (int i = 0; i < own.length; i++) {
            if (!signals.present[i]) {
                continue;
            }
            if (previous >= 0 && signals.sessions[previous] == signals.sessions[i]) {
                neighbours[i] = own[previous];
                neighbours[previous] = Math.max(neighbours[previous], own[i]);
            }
            previous = i;
        }
        return neighbours;
    }

    private static Ranked explained(Signals signals, Weights weights, double neighbour, int i, long seq) {
        double dense = dense(signals, weights, i);
        double lexical = weights.lexical() * signals.lexical[i];
        double support = weights.neighbour() * neighbour;
        Map<String, Double> parts = new LinkedHashMap<>();
        if (signals.dense != null) {
            parts.put("dense", dense);
        }
        parts.put("lexical", lexical);
        parts.put("neighbour", support);
        return new Ranked(seq, dense + lexical + support, parts, signals.cosine(i));
    }
}
