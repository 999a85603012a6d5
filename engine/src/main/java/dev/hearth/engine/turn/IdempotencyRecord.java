package dev.hearth.engine.turn;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which turn an idempotency key named, and for which body.
 *
 * @param bodyHash SHA-256 of what was sent
 * @param turn the turn's ULID
 */
@SuppressWarnings("ArrayRecordComponent") // compared in matches() only
record IdempotencyRecord(byte[] bodyHash, String turn) {

    private static final int FORMAT = 1;

    byte[] encode() {
        return new RecordWriter(FORMAT).bytes(bodyHash).text(turn).toBytes();
    }

    static IdempotencyRecord decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        return new IdempotencyRecord(in.bytes(), in.text());
    }

    /** A problem where the key was used for another body. */
    void require(byte[] hash) {
        if (!Arrays.equals(bodyHash, hash)) {
            throw new Problem(
                    Code.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used for another message. A key names one turn: send the same body again,"
                            + " or take a new key.");
        }
    }

    static byte[] hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }
}
