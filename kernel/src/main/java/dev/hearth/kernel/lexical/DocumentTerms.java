package dev.hearth.kernel.lexical;

/**
 * What the analysis of a text comes to: made once, it spares whoever indexes the text again the reading of it. Stable, so
 * that it may be stored beside the text, as long as {@link Analyzer} stays as it is.
 *
 * @param total how many terms the text has, repeated ones counted again, 0 to 65,535
 * @param hashes of its different terms, ascending as signed numbers, none 0
 * @param frequencies how often each of them occurs, 1 to 15; more is taken for 15
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared with nothing
public record DocumentTerms(int total, long[] hashes, byte[] frequencies) {

    /** The highest frequency that is told from others. */
    public static final int MOST_FREQUENT = Postings.MOST_FREQUENT;

    public DocumentTerms {
        if (total < hashes.length || total > LexicalIndex.LONGEST || hashes.length != frequencies.length) {
            throw new IllegalArgumentException("Not the terms of a text: " + total + " of " + hashes.length
                    + " different ones with " + frequencies.length + " frequencies.");
        }
    }
}
