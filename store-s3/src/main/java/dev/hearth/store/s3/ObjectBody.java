package dev.hearth.store.s3;

import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What is stored beside an object's bytes, and the reading of both. The checksum is our own, in the object's
 * metadata, because servers differ in which checksums they keep.
 */
final class ObjectBody {

    private static final String CHECKSUM = "hearth-crc32c";
    private static final String MARK = "hearth-put";

    private ObjectBody() {}

    /** The metadata of {@code bytes} put by the call that {@code mark} stands for. */
    static Map<String, String> metadata(byte[] bytes, String mark) {
        return Map.of(CHECKSUM, HexFormat.of().toHexDigits(crc(bytes)), MARK, mark);
    }

    /** Whether the object with this metadata was put by the call that {@code mark} stands for. */
    static boolean isMarked(Map<String, String> metadata, String mark) {
        return mark.equals(metadata.get(MARK));
    }

    /** The checksum as S3's header wants it; the server holds what arrives to it. */
    static String header(byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc(bytes)).array());
    }

    /** All bytes of an answer, unchecked; where the connection ends within them they are asked for again. */
    static Fetched fetch(GetObjectResponse response, InputStream in) {
        byte[] bytes;
        try {
            bytes = in.readAllBytes();
        } catch (IOException broken) {
            throw cutShort(broken);
        }
        Long length = response.contentLength();
        if (length != null && length != bytes.length) {
            throw cutShort(new IOException(bytes.length + " of " + length + " bytes"));
        }
        return new Fetched(bytes, response.metadata());
    }

    /** An object as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fetched(byte[] bytes, Map<String, String> metadata) {

        /** The bytes, held to their checksum. */
        byte[] checked() {
            String expected = metadata.get(CHECKSUM);
            if (!HexFormat.of().toHexDigits(crc(bytes)).equals(expected)) {
                throw new StoreException(
                        Kind.CORRUPT,
                        "An object of the cold store "
                                + (expected == null ? "has no checksum" : "does not match its checksum")
                                + ": it was damaged or written by another program. Restore it from the bucket's backup.");
            }
            return bytes;
        }
    }

    private static RetryableException cutShort(IOException cause) {
        return RetryableException.create("The connection ended within an object", cause);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
