package dev.hearth.kernel.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RecordWriter} wrote, by the same calls in the same order.
 *
 * <ol>
 *   <li>Every read is checked: bytes that are cut short or damaged give a {@link CodecException}, never another
 *       exception and never an endless loop. Damage that makes another valid record is not seen here; that takes a
 *       {@link Checksum}.
 *   <li>A length is compared with what remains before anything is allocated, so that damaged bytes can never ask for
 *       more memory than a small multiple of their own length. Whoever allocates for a list takes its length from
 *       {@link #count}.
 *   <li>After an exception the reader's place is undefined.
 * </ol>
 *
 * <p>The array is read in place and must not change meanwhile. One thread at a time.
 */
public final class RecordReader {

    private final byte[] bytes;
    private final int end;
    private final int formatVersion;
    private int at;

    /** Reads from {@code bytes}, which hold one whole record. */
    public RecordReader(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /**
     * Reads from the beginning of {@code bytes}, which holds one whole record.
     *
     * @param end how many of the bytes are the record's, 0 to their length
     */
    public RecordReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = Objects.checkIndex(end, bytes.length + 1);
        this.formatVersion = next() & 0xFF;
    }

    /**
     * This reader, where the record's format is one of 1 to {@code newest}.
     *
     * @throws CodecException where a newer Hearth wrote it, or nothing of Hearth's did
     */
    public RecordReader supporting(int newest) {
        if (formatVersion() < 1 || formatVersion() > newest) {
            throw new CodecException("The record has format " + formatVersion() + "; this version of Hearth reads 1 to "
                    + newest + ". Was it written by a newer one?");
        }
        return this;
    }

    /** The version that the writer was given: 0 to 255. */
    public int formatVersion() {
        return formatVersion;
    }

    public long number() {
        long value = varint();
        if (value < 0) {
            throw damaged("a number below 0");
        }
        return value;
    }

    /**
     * Reads a number as the length of a list that follows.
     *
     * @param bytesEach the fewest bytes that one element takes, at least 1
     * @throws CodecException where that many elements cannot be in what remains
     */
    public int count(int bytesEach) {
        if (bytesEach < 1) {
            throw new IllegalArgumentException("An element takes at least 1 byte.");
        }
        long value = number();
        if (value > remaining() / bytesEach) {
            throw damaged("a count of " + value);
        }
        return (int) value;
    }

    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public String text() {
        int length = count(1);
        if (ascii(length)) {
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
        }
        try {
            // A fresh decoder reports malformed input; String's constructor would replace it silently.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new CodecException("Damaged record: no UTF-8 at byte " + at + " of " + end + ".", e);
        }
    }

    /** Passes over a text or an array of bytes, which is not looked at. */
    public void skip() {
        int length = count(1);
        at += length;
    }

    /** Whether the next bytes are their own characters, as those of most texts are. */
    private boolean ascii(int length) {
        byte all = 0;
        for (int i = at; i < at + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    public @Nullable String optionalText() {
        return flag() ? text() : null;
    }

    public byte[] bytes() {
        int length = count(1);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** The same in place: the bytes between the buffer's position and its limit, which is backed by the record's array. */
    public ByteBuffer view() {
        int length = count(1);
        at += length;
        return ByteBuffer.wrap(bytes, at - length, length);
    }

    public boolean flag() {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw damaged("a flag that is neither 0 nor 1");
        };
    }

    public double real() {
        if (remaining() < 8) {
            throw cutShort();
        }
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            bits |= (bytes[at++] & 0xFFL) << shift;
        }
        return Double.longBitsToDouble(bits);
    }

    /** One byte, 0 to 255. */
    public int octet() {
        return next() & 0xFF;
    }

    public float real32() {
        return Float.intBitsToFloat(octet() | octet() << 8 | octet() << 16 | octet() << 24);
    }

    public Instant instant() {
        return Instant.ofEpochMilli(signed());
    }

    public @Nullable Instant optionalInstant() {
        return flag() ? instant() : null;
    }

    /** Whether everything has been read. */
    public boolean atEnd() {
        return at == end;
    }

    /** How many bytes have not been read. */
    public int remaining() {
        return end - at;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number over 64 bits");
    }

    private byte next() {
        if (at == end) {
            throw cutShort();
        }
        return bytes[at++];
    }

    private CodecException cutShort() {
        return new CodecException("Record cut short: it ends at byte " + end + ".");
    }

    private CodecException damaged(String what) {
        return new CodecException("Damaged record: " + what + " before byte " + at + " of " + end + ".");
    }
}
