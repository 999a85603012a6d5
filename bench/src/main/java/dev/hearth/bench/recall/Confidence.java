package dev.hearth.bench.recall;

import java.util.List;

/**
 * How sure searches were, of questions that the history answers and of others.
 *
 * @param answerable confidences of those with evidence
 * @param unanswerable of those without
 */
record Confidence(List<Double> answerable, List<Double> unanswerable) {

    Confidence {
        answerable = List.copyOf(answerable);
        unanswerable = List.copyOf(unanswerable);
    }

    /**
     * How often a question that is answered was surer than one that is not, ties counting half: the area under the curve of
     * true against false positives. NaN where there are none of either kind.
     */
    double area() {
        double above = 0;
        for (double yes : answerable) {
            for (double no : unanswerable) {
                above += yes > no ? 1 : yes == no ? 0.5 : 0;
            }
        }
        return above / ((double) answerable.size() * unanswerable.size());
    }
}
