package dev.hearth.server.command.migrating;

import dev.hearth.spi.Partition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** All that one side has, added up partition by partition. For one thread at a time. */
final class Totals {

    private static final int SHOWN = 8;

    private final byte[] checksum = new byte[32];
    long partitions;
    long keys;
    long records;
    long recordBytes;
    long objects;
    long objectBytes;
    long erasures;

    void add(Partition partition, PartitionSum sum) {
        if (sum.empty()) {
            return;
        }
        partitions++;
        keys += sum.keys();
        records += sum.records();
        recordBytes += sum.recordBytes();
        objects += sum.objects();
        objectBytes += sum.objectBytes();
        MessageDigest digest = PartitionSum.sha256();
        digest.update(partition.name().getBytes(StandardCharsets.US_ASCII));
        digest.update(sum.key());
        digest.update(sum.recordSum());
        byte[] of = digest.digest(sum.objectSum());
        for (int i = 0; i < checksum.length; i++) {
            checksum[i] ^= of[i];
        }
    }

    /** Of everything that was added, in whatever order: a SHA-256 of each partition, and their exclusive or. */
    String checksum() {
        return HexFormat.of().formatHex(checksum, 0, SHOWN);
    }
}
