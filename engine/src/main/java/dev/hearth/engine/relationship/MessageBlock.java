package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that are stored together, in the order of their seq: one of a turn, or a run of an import.
 *
 * @param messages at least one
 */
public record MessageBlock(List<StoredMessage> messages) {

    /** Before it no times were stored, and the zone of saying is not known any more. */
    private static final int FORMAT_WITH_TIMES = 2;

    private static final int FORMAT = 2;
    private static final int LEAST_BYTES_A_MESSAGE = 10;

    public MessageBlock {
        messages = List.copyOf(messages);
    }

    public byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT).number(messages.size());
        messages.forEach(message -> message.encode(out));
        return out.toBytes();
    }

    public static MessageBlock decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        int count = in.count(LEAST_BYTES_A_MESSAGE);
        List<StoredMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(StoredMessage.decode(in, in.formatVersion() >= FORMAT_WITH_TIMES));
        }
        return new MessageBlock(messages);
    }

    /** The block with one message erased. */
    public MessageBlock erasing(long seq) {
        return new MessageBlock(messages.stream()
                .map(message -> message.seq() == seq ? message.erased() : message)
                .toList());
    }
}
