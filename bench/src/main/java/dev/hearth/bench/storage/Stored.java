package dev.hearth.bench.storage;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.relationship.VectorBlock;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A relationship as it lies in the store.
 *
 * @param single how many of its messages lie in no segment
 */
record Stored(
        Partition partition,
        List<StoredMessage> messages,
        String embedder,
        List<VectorBlock.Embedded> embedded,
        int single) {

    private static final int PARTITION_FROM = "rel_".length();
    private static final int PARTITION_TO = PARTITION_FROM + 26;
    private static final int SEGMENT = 32;

    static Stored read(Vault vault, String relationship) {
        Partition partition = new Partition(relationship.substring(PARTITION_FROM, PARTITION_TO));
        List<StoredMessage> messages = new ArrayList<>();
        int single = 0;
        for (Entry entry : all(vault, partition, "r/0000/m/")) {
            List<StoredMessage> block = MessageBlock.decode(entry.bytes()).messages();
            messages.addAll(block);
            single += block.size() < SEGMENT ? block.size() : 0;
        }
        String embedder = "";
        List<VectorBlock.Embedded> embedded = new ArrayList<>();
        for (Entry entry : all(vault, partition, "r/0000/v/")) {
            VectorBlock block = VectorBlock.decode(entry.bytes());
            embedder = block.embedder();
            embedded.addAll(block.embedded());
        }
        return new Stored(partition, messages, embedder, embedded, single);
    }

    private static List<Entry> all(Vault vault, Partition partition, String prefix) {
        return vault.range(partition, Range.prefix(prefix, 1_000_000), soon());
    }

    static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofMinutes(2));
    }
}
