package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Entry;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.WarmStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A segment in the making: blocks are added one after the other, as long as they fit. */
final class Segment {
    static final int MOST_MESSAGES = 256;

    static final int MOST_KEYS = WarmStore.MAX_OPERATIONS - 8;

    /** Of what was said; bounds what reading one message decrypts. */
    private static final int MOST_CHARACTERS = 128 * 1024;

    /** Of vectors as they are before they are packed. */
    private static final int MOST_VECTOR_BYTES = 300 * 1024;

    private final String embedder;
    private final Map<Long, Entry> entries;
    private final Map<Long, VectorBlock.Embedded> vectors;
    private final List<Entry> folded = new ArrayList<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private final List<VectorBlock.Embedded> kept = new ArrayList<>();
    private int keys;
    private long characters;
    private long vectorBytes;

    /**
     * An empty one.
     *
     * @param embedder the embedder's id, empty for none
     * @param entries where vectors lie, by the first seq of their block
     * @param vectors by the seqs of their messages
     */
    Segment(String embedder, Map<Long, Entry> entries, Map<Long, VectorBlock.Embedded> vectors) {
        this.embedder = embedder;
        this.entries = entries;
        this.vectors = vectors;
    }

    /** How many blocks it takes the place of. */
    int blocks() {
        return folded.size();
    }

    /** Whether every message of a block that is a memory has its vectors. */
    boolean embedded(List<StoredMessage> block, Resident resident) {
        return embedder.isEmpty()
                || block.stream()
                        .allMatch(message -> !resident.remembers(message) || vectors.containsKey(message.seq()));
    }

    /** Takes a block in; false where it does not fit any more. */
    boolean add(Entry entry, List<StoredMessage> block) {
        keys++;
        for (StoredMessage message : block) {
            characters += weight(message);
            keys += entries.containsKey(message.seq()) ? 1 : 0;
            VectorBlock.Embedded vector = vectors.get(message.seq());
            for (QuantizedVector window : vector == null ? List.<QuantizedVector>of() : vector.windows()) {
                vectorBytes += window.values().length + Float.BYTES;
            }
        }
        boolean alone = folded.isEmpty();
        if (keys > MOST_KEYS
                || (!alone
                        && (messages.size() + block.size() > MOST_MESSAGES
                                || characters > MOST_CHARACTERS
                                || vectorBytes > MOST_VECTOR_BYTES))) {
            return false;
        }
        folded.add(entry);
        messages.addAll(block);
        block.stream()
                .map(message -> vectors.get(message.seq()))
                .filter(Objects::nonNull)
                .forEach(kept::add);
        return true;
    }

    /** The seq behind its last. */
    long end() {
        return messages.getLast().seq() + 1;
    }

    /** Puts it in the place of its blocks, if these are as they were read. */
    Batch batch(RelationshipKey key) {
        Entry head = folded.getFirst();
        Batch batch = new Batch().replace(head.key(), head.revision(), new MessageBlock(messages).encode());
        folded.stream().skip(1).forEach(entry -> batch.delete(entry.key()));
        if (embedder.isEmpty()) {
            return batch;
        }
        long first = messages.getFirst().seq();
        Entry present = entries.get(first);
        if (!kept.isEmpty()) {
            byte[] bytes = new VectorBlock(embedder, kept).encode();
            batch.put(key.vectors(first), present == null ? 1 : present.revision() + 1, bytes, null);
        } else if (present != null) {
            batch.delete(present.key());
        }
        entries.forEach((seq, entry) -> {
            if (seq > first && seq < end()) {
                batch.delete(entry.key());
            }
        });
        return batch;
    }

    private static long weight(StoredMessage message) {
        String speaker = message.speaker();
        String external = message.externalId();
        return (long) message.text().length()
                + (speaker == null ? 0 : speaker.length())
                + (external == null ? 0 : external.length());
    }
}
