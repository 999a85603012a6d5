package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.AnalysedText;
import dev.hearth.engine.statement.WriteGate;
import dev.hearth.kernel.lexical.TermHashes;

/**
 * What is found out from the words of a message, and from nothing else, whenever it is taken into memory.
 *
 * @param text what recall makes of them
 * @param sameness stands for what they say, as {@link StoredMessage#sameness} has it
 * @param telling whether they say something, as {@link WriteGate#remembers} has it
 */
record MessageAnalysis(AnalysedText text, int sameness, boolean telling) {

    static MessageAnalysis of(TermHashes hashes, StoredMessage message) {
        return new MessageAnalysis(
                AnalysedText.of(hashes, message.text(), message.origin().byUser()),
                message.sameness(),
                WriteGate.remembers(message.text()));
    }
}
