package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Messages that are stored together, in the order of their seq: one of a turn, a run of an import, or a segment into
 * which such blocks were folded.
 *
 * @param messages at least one
 */
public record MessageBlock(List<StoredMessage> messages) {

    /** One after the other, without the times that they name, whose zone is not known any more. */
    private static final int ROWS_WITHOUT_TIMES = 1;

    /** One after the other; several by columns, as {@link MessageColumns} says. */
    private static final int ROWS = 2;

    private static final int LEAST_BYTES_A_MESSAGE = 10;

    public MessageBlock {
        messages = List.copyOf(messages);
    }

    public byte[] encode() {
        if (messages.size() > 1) {
            return MessageColumns.encode(messages);
        }
        RecordWriter out = new RecordWriter(ROWS).number(messages.size());
        messages.forEach(message -> message.encode(out));
        return out.toBytes();
    }

    /**
     * Reads a block of any format.
     *
     * @throws CodecException where the bytes are damaged
     */
    public static MessageBlock decode(byte[] bytes) {
        return new MessageBlock(decode(bytes, any -> true));
    }

    /** The messages of a block whose seq is wanted, in order; cheaper than all of them. */
    static List<StoredMessage> decode(byte[] bytes, LongPredicate wanted) {
        RecordReader in = new RecordReader(bytes).supporting(MessageColumns.FORMAT);
        if (in.formatVersion() == MessageColumns.FORMAT) {
            return MessageColumnReader.read(bytes, wanted);
        }
        int count = in.count(LEAST_BYTES_A_MESSAGE);
        List<StoredMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StoredMessage message = StoredMessage.decode(in, in.formatVersion() > ROWS_WITHOUT_TIMES);
            if (wanted.test(message.seq())) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** The block with one message erased. */
    public MessageBlock erasing(long seq) {
        return new MessageBlock(messages.stream()
                .map(message -> message.seq() == seq ? message.erased() : message)
                .toList());
    }
}
