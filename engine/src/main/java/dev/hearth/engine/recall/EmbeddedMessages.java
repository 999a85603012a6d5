package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.QuantizedRows;
import java.util.Arrays;

/**
 * The vectors of some messages.
 *
 * @param seqs of the messages
 * @param windows how many rows each of them has, one for each window of its text
 * @param rows of one message after the other
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record EmbeddedMessages(long[] seqs, int[] windows, QuantizedRows rows) {

    public EmbeddedMessages {
        if (seqs.length != windows.length || Arrays.stream(windows).sum() != rows.count()) {
            throw new IllegalArgumentException("The vectors are not one for each window of each message.");
        }
    }
}
