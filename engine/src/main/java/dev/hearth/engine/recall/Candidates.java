package dev.hearth.engine.recall;

import java.util.Arrays;

/**
 * The messages that are looked at closely: those that are best at first sight, by a plain sum of likeness, words,
 * neighbours and session.
 *
 * @param places in the order of their places
 * @param sight what each looks like at first sight, by candidate
 * @param sessionDense the best likeness in the session of each candidate, itself included
 * @param sessionContent the same with the content words
 * @param sessionLexical the best BM25 there
 * @param sessionTerms the query's terms that the session has
 * @param sessionWords the sum of the session's BM25 scores over its square-rooted size, the best session being 1
 * @param sessionRank one over the rank of the session
 */
@SuppressWarnings("ArrayRecordComponent") // made for one search and compared with nothing
record Candidates(
        int[] places,
        float[] sight,
        float[] sessionDense,
        float[] sessionContent,
        float[] sessionLexical,
        long[] sessionTerms,
        float[] sessionWords,
        float[] sessionRank) {

    private static final float NEIGHBOUR = 0.4f;
    private static final float SESSION = 0.3f;

    static Candidates of(Signals signals, int most) {
        int size = signals.size;
        int runs = size == 0 ? 0 : signals.runs[size - 1] + 1;
        float[] dense = new float[runs];
        float[] condensed = new float[runs];
        float[] lexical = new float[runs];
        float[] both = new float[runs];
        long[] terms = new long[runs];
        float[] sums = new float[runs];
        float[] own = new float[size];
        for (int start = 0, end; start < size; start = end) {
            int run = signals.runs[start];
            float mostDense = 0;
            float mostCondensed = 0;
            float mostLexical = 0;
            float mostBoth = 0;
            float sum = 0;
            long having = 0;
            int count = 0;
            for (end = start; end < size && signals.runs[end] == run; end++) {
                if (signals.present[end]) {
                    float likeness = signals.dense(end);
                    float words = signals.lexical(end);
                    float ofContent = signals.condensed(end);
                    own[end] = likeness + ofContent + words;
                    mostDense = Math.max(mostDense, likeness);
                    mostCondensed = Math.max(mostCondensed, ofContent);
                    mostLexical = Math.max(mostLexical, words);
                    mostBoth = Math.max(mostBoth, likeness + words);
                    sum += words;
                    having |= signals.words.having()[end];
                    count++;
                }
            }
            dense[run] = mostDense;
            condensed[run] = mostCondensed;
            lexical[run] = mostLexical;
            both[run] = mostBoth;
            sums[run] = sum / (float) Math.sqrt(Math.max(1, count));
            terms[run] = having;
        }
        Best best = new Best(Math.max(1, Math.min(most, size)));
        float[] sight = new float[size];
        int before = Signals.NONE;
        for (int i = 0; i < size; i++) {
            if (!signals.present[i]) {
                continue;
            }
            sight[i] = own[i] + SESSION * dense[signals.runs[i]];
            if (before != Signals.NONE && signals.runs[before] == signals.runs[i]) {
                sight[i] += NEIGHBOUR * Math.max(0, own[before]);
                sight[before] += NEIGHBOUR * Math.max(0, own[i]);
            }
            before = i;
        }
        double least = best.least();
        for (int i = 0; i < size; i++) {
            if (sight[i] >= least && signals.present[i] && (sight[i] > 0 || signals.comparable(i))) {
                best.offer(i, sight[i]);
                least = best.least();
            }
        }
        int[] places = new int[best.size()];
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = best.takeWorst();
        }
        Arrays.sort(places);
        float[] sorted = both.clone();
        Arrays.sort(sorted);
        float mostWords = 1e-6f;
        for (int run = 0; run < runs; run++) {
            mostWords = Math.max(mostWords, sums[run]);
        }
        Candidates found = new Candidates(
                places,
                new float[places.length],
                new float[places.length],
                new float[places.length],
                new float[places.length],
                new long[places.length],
                new float[places.length],
                new float[places.length]);
        for (int c = 0; c < places.length; c++) {
            int run = signals.runs[places[c]];
            found.sight[c] = sight[places[c]];
            found.sessionDense[c] = dense[run];
            found.sessionContent[c] = condensed[run];
            found.sessionLexical[c] = lexical[run];
            found.sessionTerms[c] = terms[run];
            found.sessionWords[c] = sums[run] / mostWords;
            found.sessionRank[c] = rank(sorted, both[run]);
        }
        return found;
    }

    int size() {
        return places.length;
    }

    /** One over the rank of a value among all, which are sorted; the highest is first. */
    private static float rank(float[] sorted, float value) {
        return 1f / (sorted.length - Arrays.binarySearch(sorted, value));
    }

    /** The candidates that look best at first sight, best first; at most {@code count}. */
    int[] best(int count) {
        Best best = new Best(Math.max(1, Math.min(count, Math.max(1, size()))));
        for (int c = 0; c < size(); c++) {
            best.offer(c, sight[c]);
        }
        int[] first = new int[best.size()];
        for (int i = first.length - 1; i >= 0; i--) {
            first[i] = best.takeWorst();
        }
        return first;
    }
}
