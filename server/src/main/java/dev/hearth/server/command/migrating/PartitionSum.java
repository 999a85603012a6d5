package dev.hearth.server.command.migrating;

import dev.hearth.server.stores.Side;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Write;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one side has of a partition: how much, and a SHA-256 over each part of it. A record's key, revision, expiry and
 * bytes are in it, each behind its length.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by differences()
record PartitionSum(
        byte[] key,
        byte[] recordSum,
        byte[] objectSum,
        int keys,
        long records,
        long recordBytes,
        long objects,
        long objectBytes) {

    /**
     * Reads all of it, page by page.
     *
     * @param until records that end before this are left out, since they may end between the readings of the two sides
     */
    static PartitionSum of(Move move, Side side, Partition partition, Instant until) {
        byte[] key = move.records() ? side.keys().wrapped(partition) : null;
        MessageDigest digest = sha256();
        long records = 0;
        long recordBytes = 0;
        if (move.records()) {
            Records each = new Records(side.warm(), partition, move.clock());
            for (Write.Operation.Put put = each.peek(); put != null; put = each.peek()) {
                Instant end = put.expiresAt();
                if (end == null || end.isAfter(until)) {
                    add(digest, put.key().getBytes(StandardCharsets.US_ASCII));
                    digest.update(ByteBuffer.allocate(3 * Long.BYTES)
                            .putLong(put.revision())
                            .putLong(end == null ? Long.MAX_VALUE : end.getEpochSecond())
                            .putLong(end == null ? -1 : end.getNano())
                            .flip());
                    add(digest, put.value());
                    records++;
                    recordBytes += put.key().length() + put.value().length;
                }
                each.next();
            }
        }
        byte[] recordSum = digest.digest();
        long objects = 0;
        long objectBytes = 0;
        if (move.cold()) {
            for (String name : side.cold().list(partition, "", Limits.object(move.clock()))) {
                byte[] bytes = side.cold().get(partition, name, Limits.object(move.clock()));
                if (bytes != null) {
                    add(digest, name.getBytes(StandardCharsets.US_ASCII));
                    add(digest, bytes);
                    objects++;
                    objectBytes += bytes.length;
                }
            }
        }
        return new PartitionSum(
                key == null ? new byte[0] : key,
                recordSum,
                digest.digest(),
                key == null ? 0 : 1,
                records,
                recordBytes,
                objects,
                objectBytes);
    }

    /** The parts that differ, in words; none where both are the same. */
    List<String> differences(PartitionSum other) {
        List<String> differences = new ArrayList<>();
        if (!Arrays.equals(key, other.key)) {
            differences.add("key");
        }
        if (!Arrays.equals(recordSum, other.recordSum)) {
            differences.add("records");
        }
        if (!Arrays.equals(objectSum, other.objectSum)) {
            differences.add("cold objects");
        }
        return differences;
    }

    boolean empty() {
        return keys == 0 && records == 0 && objects == 0;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256.", missing);
        }
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
