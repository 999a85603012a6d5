package dev.hearth.embed.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds one protobuf message; bytes given are kept, not copied, until {@link #toByteArray}. One thread. */
final class ProtoWriter {

    private final List<ByteBuffer> parts = new ArrayList<>();
    private int length;

    ProtoWriter number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    ProtoWriter decimal(int field, float value) {
        varint((long) field << 3 | 5);
        add(ByteBuffer.allocate(Float.BYTES).putInt(0, Integer.reverseBytes(Float.floatToIntBits(value))));
        return this;
    }

    ProtoWriter text(int field, String value) {
        return bytes(field, StandardCharsets.UTF_8.encode(value));
    }

    ProtoWriter bytes(int field, ByteBuffer value) {
        varint((long) field << 3 | 2);
        varint(value.remaining());
        add(value.slice());
        return this;
    }

    ProtoWriter message(int field, ProtoWriter value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        parts.addAll(value.parts);
        length += value.length;
        return this;
    }

    byte[] toByteArray() {
        ByteBuffer all = ByteBuffer.allocate(length);
        parts.forEach(part -> all.put(part.duplicate()));
        return all.array();
    }

    private void varint(long value) {
        ByteBuffer number = ByteBuffer.allocate(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            number.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        add(number.put((byte) rest).flip());
    }

    private void add(ByteBuffer part) {
        parts.add(part);
        length += part.remaining();
    }
}
