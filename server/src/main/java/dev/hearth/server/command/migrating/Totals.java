package dev.hearth.server.command.migrating;

import dev.hearth.spi.Partition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** All that one side has, added up partition by partition. For one thread. */
final class Totals {

    private static final int SHOWN = 8;

    private final MessageDigest digest = PartitionSum.sha256();
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
        digest.update(partition.name().getBytes(StandardCharsets.US_ASCII));
        digest.update(sum.key());
        digest.update(sum.recordSum());
        digest.update(sum.objectSum());
    }

    /** Of everything that was added, in its order. To be asked once. */
    String checksum() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN);
    }
}
