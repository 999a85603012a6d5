package dev.hearth.kernel.codec;

import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli, as in RFC 3720): finds accidental damage, is no protection against a forger. */
public final class Checksum {

    private Checksum() {}

    /** The checksum of all of {@code bytes}. */
    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * The checksum of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException where that is not inside {@code bytes}
     */
    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
