package dev.hearth.bench.train;

import dev.hearth.engine.recall.Examined;

/**
 * One question with its candidates.
 *
 * @param madeUp whether its set is a made-up one, which counts less
 * @param conversation named after its set too, so that none is taken for another's
 * @param examined the candidates; kept whole, so that any weights can be tried
 * @param evidence the candidates that hold the answer, by their index
 * @param wanted how many turns hold the answer, those that are no candidates included; 0 where none does
 * @param sessions of each candidate
 * @param evidenceSessions of all evidence
 * @param minutes when each candidate was said
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Example(
        String set,
        boolean madeUp,
        String conversation,
        String category,
        Examined examined,
        int[] evidence,
        int wanted,
        int[] sessions,
        int[] evidenceSessions,
        long[] minutes) {}
