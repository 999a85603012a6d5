package dev.hearth.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record: a format version (one byte), then values in the order of the calls, with no names and no types.
 * {@link RecordReader} reads them by the same calls in the same order.
 *
 * <ol>
 *   <li>A number is a little-endian base-128 varint: 1 byte below 128, at most 9.
 *   <li>A signed number is a zigzag varint (0, -1, 1, -2 ... become 0, 1, 2, 3 ...): at most 10 bytes.
 *   <li>Text and bytes are a number, their length in bytes, and then the bytes; text is UTF-8.
 *   <li>A flag is one byte, 0 or 1. An optional value is a flag and, where it is 1, the value.
 *   <li>A real is the 8 bytes of its IEEE 754 bits, least significant first; a float is its 4. An octet is a byte.
 *   <li>An instant is its milliseconds since 1970 as a signed number; what is finer is dropped.
 * </ol>
 *
 * <p>A record is at most 2 GiB. One thread at a time.
 */
public final class RecordWriter {

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] buffer = new byte[64];
    private int size;

    /**
     * Begins a record.
     *
     * @param formatVersion 0 to 255
     */
    public RecordWriter(int formatVersion) {
        if (formatVersion < 0 || formatVersion > 255) {
            throw new IllegalArgumentException("A format version is 0 to 255, not " + formatVersion + ".");
        }
        buffer[size++] = (byte) formatVersion;
    }

    /** Writes a number that is not negative. */
    public RecordWriter number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Not a number from 0 on: " + value + ".");
        }
        varint(value);
        return this;
    }

    /** Writes any number; short where it is near 0. */
    public RecordWriter signed(long value) {
        varint((value << 1) ^ (value >> 63));
        return this;
    }

    /** Writes text. A surrogate without its partner, which UTF-8 cannot hold, is written as {@code ?}. */
    public RecordWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public RecordWriter optionalText(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    public RecordWriter bytes(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    public RecordWriter flag(boolean value) {
        room(1);
        buffer[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    public RecordWriter real(double value) {
        room(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            buffer[size++] = (byte) (bits >>> shift);
        }
        return this;
    }

    /** Writes the low 8 bits of {@code value} as one byte. */
    public RecordWriter octet(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes the 4 bytes of a float's IEEE 754 bits, least significant first. */
    public RecordWriter real32(float value) {
        int bits = Float.floatToRawIntBits(value);
        return octet(bits).octet(bits >>> 8).octet(bits >>> 16).octet(bits >>> 24);
    }

    /**
     * Writes a moment, to the millisecond.
     *
     * @throws ArithmeticException where it is 292 million years or more from 1970
     */
    public RecordWriter instant(Instant value) {
        return signed(value.toEpochMilli());
    }

    public RecordWriter optionalInstant(@Nullable Instant value) {
        flag(value != null);
        return value == null ? this : instant(value);
    }

    /** The record so far, as an array of its own. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** How many bytes the record has so far. */
    public int size() {
        return size;
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void room(int more) {
        long needed = (long) size + more;
        if (needed > LARGEST) {
            throw new IllegalStateException("A record is at most " + LARGEST + " bytes.");
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(LARGEST, Math.max(needed, 2L * buffer.length)));
        }
    }
}
