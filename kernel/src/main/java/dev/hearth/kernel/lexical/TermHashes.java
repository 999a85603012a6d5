package dev.hearth.kernel.lexical;

import java.util.Arrays;

/**
 * The different terms of texts as 64-bit hashes, never 0: what a {@link LexicalIndex} knows them by, and stable, so that
 * they may be stored. One thread at a time; cheap to make.
 */
public final class TermHashes {

    private final Terms terms;

    /**
     * Takes at most so many terms of a text.
     *
     * @param most at least 1; what comes later in a text is left out
     */
    public TermHashes(int most) {
        terms = new Terms(most);
    }

    /** The different terms of {@code text}, ascending. Linear in the text. */
    public long[] of(String text) {
        terms.read(text);
        long[] hashes = new long[terms.distinct()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = terms.hash(i);
        }
        Arrays.sort(hashes);
        return hashes;
    }

    /** The terms of {@code text} with their frequencies. Linear in the text. */
    public DocumentTerms counted(String text) {
        terms.read(text);
        long[] hashes = new long[terms.distinct()];
        byte[] frequencies = new byte[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = terms.hash(i);
            frequencies[i] = (byte) Math.min(terms.frequency(i), DocumentTerms.MOST_FREQUENT);
        }
        return new DocumentTerms(terms.total(), hashes, frequencies);
    }

    /** One that takes as many terms of a text as a {@link LexicalIndex} does. */
    public static TermHashes ofDocuments() {
        return new TermHashes(LexicalIndex.LONGEST);
    }
}
