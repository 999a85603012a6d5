package dev.hearth.engine.recall;

/** What a candidate has of the question's words, and how that goes with its likeness. Reads {@link Feature#DENSE}. */
final class WordFeatures {

    private final Signals signals;
    private final Candidates candidates;
    private final float totalWeight;
    private final float rarest;

    WordFeatures(Signals signals, Candidates candidates) {
        this.signals = signals;
        this.candidates = candidates;
        this.totalWeight = Math.max(1e-6f, signals.words.total());
        this.rarest = Math.max(1e-6f, signals.words.rarest());
    }

    void fill(float[] features, int candidate, int before, int after) {
        int place = candidates.places()[candidate];
        float dense = Feature.DENSE.of(features);
        Feature.DENSE_SQUARED.set(features, dense * dense);
        Feature.DEVIATION.set(features, signals.question == null ? 0 : signals.question.deviations(place) / 4);
        float own = signals.lexical(place);
        long having = signals.words.having()[place];
        Feature.LEXICAL.set(features, own);
        Feature.LEXICAL_SQUARED.set(features, own * own);
        Feature.DENSE_LEXICAL.set(features, own * dense);
        Feature.COVERAGE.set(features, signals.words.weight(having) / totalWeight);
        Feature.SHARE.set(features, Long.bitCount(having) / (float) Math.max(1, signals.words.rarities().length));
        Feature.RAREST.set(features, signals.words.rarest(having) / rarest);
        long around = having | having(before) | having(after);
        Feature.COVERAGE_AROUND.set(features, signals.words.weight(around) / totalWeight);
        Feature.SESSION_COVERAGE.set(
                features, signals.words.weight(candidates.sessionTerms()[candidate]) / totalWeight);
    }

    private long having(int place) {
        return place == Signals.NONE ? 0 : signals.words.having()[place];
    }
}
