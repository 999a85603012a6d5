package dev.hearth.store.local;

import dev.hearth.spi.Partition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Spreads partitions over 256 folders, named by two hex digits of the CRC32C of the partition's name. */
final class HashedFolders {

    private HashedFolders() {}

    static Path of(Path root, Partition partition) {
        CRC32C hash = new CRC32C();
        hash.update(partition.name().getBytes(StandardCharsets.US_ASCII));
        int value = (int) hash.getValue();
        return root.resolve("" + Character.forDigit(value >>> 4 & 15, 16) + Character.forDigit(value & 15, 16));
    }
}
