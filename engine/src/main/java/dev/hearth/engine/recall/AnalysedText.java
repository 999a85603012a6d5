package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.DocumentTerms;
import dev.hearth.kernel.lexical.TermHashes;

/**
 * What recall makes of a message's words, which depends on nothing else: made once, it spares whoever takes the message
 * into an index again the reading of it.
 *
 * @param terms its terms
 * @param traits what its form says, as {@link Traits} has it
 */
public record AnalysedText(DocumentTerms terms, short traits) {

    /**
     * Reads a text. Linear in it.
     *
     * @param hashes of documents
     */
    public static AnalysedText of(TermHashes hashes, String text, boolean byUser) {
        return new AnalysedText(hashes.counted(text), Traits.of(text, byUser));
    }
}
