package dev.hearth.kernel.lexical;

import java.util.Arrays;

/** The hashes of a text's terms, sorted, with how often each occurs. One text at a time, one thread at a time. */
final class Terms {

    private final Analyzer analyzer = new Analyzer();
    private final int most;
    private long[] hashes = new long[32];
    private int[] frequencies = new int[32];
    private int total;
    private int distinct;

    /**
     * Takes at most so many terms of a text.
     *
     * @param most at least 1; what comes later in the text is left out
     */
    Terms(int most) {
        this.most = most;
    }

    void read(String text) {
        total = 0;
        analyzer.analyze(text, this::add);
        Arrays.sort(hashes, 0, total);
        if (frequencies.length < hashes.length) {
            frequencies = new int[hashes.length];
        }
        distinct = 0;
        for (int i = 0; i < total; i++) {
            if (i > 0 && hashes[i] == hashes[distinct - 1]) {
                frequencies[distinct - 1]++;
            } else {
                hashes[distinct] = hashes[i];
                frequencies[distinct++] = 1;
            }
        }
    }

    /** How many terms the text has, repeated ones counted again. */
    int total() {
        return total;
    }

    int distinct() {
        return distinct;
    }

    /** Never 0. */
    long hash(int i) {
        return hashes[i];
    }

    int frequency(int i) {
        return frequencies[i];
    }

    private void add(char[] buffer, int length) {
        if (total == most) {
            return;
        }
        if (total == hashes.length) {
            hashes = Arrays.copyOf(hashes, total * 2);
        }
        hashes[total++] = hash(buffer, length);
    }

    /** FNV-1a over the characters, then mixed so that its low bits serve as a place in a table. */
    private static long hash(char[] buffer, int length) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ buffer[i]) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
