package dev.hearth.store.redis;

import dev.hearth.spi.Partition;
import java.nio.charset.StandardCharsets;

/** Redis's keys. The partition stands in braces, so that a cluster keeps all of a partition on one node. */
final class RedisKeys {

    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    /** Of the partition's token, without which its values are not read. */
    byte[] token(Partition partition) {
        return bytes(prefix + ":t:{" + partition.name() + "}");
    }

    /** Of the names of the partition's values, in the order in which they expire. */
    byte[] names(Partition partition) {
        return bytes(prefix + ":k:{" + partition.name() + "}");
    }

    byte[] value(Partition partition, String key) {
        return bytes(prefix + ":h:{" + partition.name() + "}:" + key);
    }

    byte[] lease(Partition partition, String key) {
        return bytes(prefix + ":l:{" + partition.name() + "}:" + key);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
