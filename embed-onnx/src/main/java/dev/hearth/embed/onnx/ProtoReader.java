package dev.hearth.embed.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one protobuf message: {@code while (reader.next()) switch (reader.field()) ...}. Bytes are
 * slices of the given buffer, never copies. One use, one thread. Encoding: protobuf.dev, "Encoding".
 */
final class ProtoReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer bytes;
    private int field;
    private long number;
    private ByteBuffer content = NOTHING;

    ProtoReader(ByteBuffer message) {
        bytes = message.slice();
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint(bytes);
        field = (int) (key >>> 3);
        number = 0;
        content = NOTHING;
        switch ((int) (key & 7)) {
            case 0 -> number = varint(bytes);
            case 1 -> content = take(8);
            case 2 -> content = take((int) varint(bytes));
            case 5 -> content = take(4);
            default -> throw new IllegalArgumentException("not a protobuf message: key " + key);
        }
        return true;
    }

    int field() {
        return field;
    }

    /** The value of a varint field. */
    long number() {
        return number;
    }

    /** What a field with a length holds, positioned at its start. */
    ByteBuffer content() {
        return content.slice();
    }

    String text() {
        return StandardCharsets.UTF_8.decode(content()).toString();
    }

    static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not a protobuf message: a number over 64 bits");
    }

    private ByteBuffer take(int length) {
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }
}
