package dev.hearth.engine.recall;

/** What the messages around a candidate tell: those beside it, and its session. */
final class NeighbourFeatures {

    private final IndexedMessages messages;
    private final Signals signals;
    private final Candidates candidates;

    NeighbourFeatures(IndexedMessages messages, Signals signals, Candidates candidates) {
        this.messages = messages;
        this.signals = signals;
        this.candidates = candidates;
    }

    void fill(float[] features, int candidate, int before, int after) {
        beside(features, before, after);
        Feature.SESSION_DENSE.set(features, candidates.sessionDense()[candidate]);
        Feature.SESSION_CONTENT.set(features, candidates.sessionContent()[candidate]);
        Feature.SESSION_WORDS.set(features, candidates.sessionWords()[candidate]);
        Feature.SESSION_LEXICAL.set(features, candidates.sessionLexical()[candidate]);
        Feature.SESSION_RANK.set(features, candidates.sessionRank()[candidate]);
        Feature.SESSION_START.set(features, before == Signals.NONE ? 1 : 0);
    }

    private void beside(float[] features, int before, int after) {
        float denseBefore = dense(before);
        float denseAfter = dense(after);
        float lexicalBefore = lexical(before);
        float lexicalAfter = lexical(after);
        Feature.DENSE_BEFORE.set(features, denseBefore);
        Feature.DENSE_AFTER.set(features, denseAfter);
        Feature.DENSE_BESIDE.set(features, Math.max(denseBefore, denseAfter));
        Feature.DENSE_TWO_BEFORE.set(features, before == Signals.NONE ? 0 : dense(signals.beside(before, -1)));
        Feature.DENSE_TWO_AFTER.set(features, after == Signals.NONE ? 0 : dense(signals.beside(after, 1)));
        Feature.CONTENT_BESIDE.set(features, Math.max(condensed(before), condensed(after)));
        Feature.LEXICAL_BEFORE.set(features, lexicalBefore);
        Feature.LEXICAL_AFTER.set(features, lexicalAfter);
        Feature.LEXICAL_BESIDE.set(features, Math.max(lexicalBefore, lexicalAfter));
        if (before != Signals.NONE && Traits.endsAsking(messages.traits(before))) {
            Feature.ASKED_BEFORE.set(features, 1);
            Feature.ASKED_BEFORE_DENSE.set(features, denseBefore);
            Feature.ASKED_BEFORE_LEXICAL.set(features, lexicalBefore);
        }
    }

    private float dense(int place) {
        return place == Signals.NONE ? 0 : signals.dense(place);
    }

    private float condensed(int place) {
        return place == Signals.NONE ? 0 : signals.condensed(place);
    }

    private float lexical(int place) {
        return place == Signals.NONE ? 0 : signals.lexical(place);
    }
}
