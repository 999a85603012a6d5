package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Range;
import dev.hearth.spi.WarmStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of folding: the last segment, or the first block where there is none, and as many blocks behind it as fit
 * become one segment, and their vectors one record beside it. The step is one conditional write, so there is nothing
 * to resume: whenever the process dies, every message is in exactly one record.
 */
final class Fold {

    private static final int MOST_MESSAGES = 256;

    /** Of what was said; bounds what reading one message decrypts. */
    private static final int MOST_CHARACTERS = 128 * 1024;

    /** Of vectors as they are before they are packed. */
    private static final int MOST_VECTOR_BYTES = 300 * 1024;

    private static final int MOST_KEYS = WarmStore.MAX_OPERATIONS - 8;

    private final Vault vault;
    private final Budgets budgets;
    private final String embedder;

    /**
     * @param embedder the embedder's id, empty for none: then only what has no vectors is folded
     */
    Fold(Vault vault, Budgets budgets, String embedder) {
        this.vault = vault;
        this.budgets = budgets;
        this.embedder = embedder;
    }

    /** What comes of preparing a step. */
    sealed interface Prepared {

        /** The last segment takes no more, or can take no more: the next block begins another. */
        record Full() implements Prepared {}

        /** Something is missing that is yet to come. */
        record NotYet() implements Prepared {}
    }

    /**
     * A segment that is ready to be written.
     *
     * @param first its first seq
     * @param end the seq behind its last
     * @param revision the head's, when everything was read
     */
    record Step(long first, long end, long revision, Batch batch) implements Prepared {}

    /** How many messages wait behind the last segment to be folded into one. */
    static long waiting(Resident resident) {
        return resident.settledTo()
                - resident.blocks().above(resident.foldedTo(), resident.head().nextSeq());
    }

    /** Prepares the next step without writing; null where there is nothing to fold. */
    @Nullable
    Step prepare(Resident resident) {
        long revision = resident.revision();
        long settled = resident.settledTo();
        BlockStarts blocks = resident.blocks();
        long first = Math.max(resident.foldedTo(), blocks.above(0, settled));
        while (first < settled) {
            resident.foldedTo(first);
            long next = blocks.above(first, settled);
            if (next >= settled) {
                return null;
            }
            Prepared prepared = blocks.above(next, settled) - first > MOST_MESSAGES
                    ? new Prepared.Full()
                    : prepare(resident, first, settled, revision);
            switch (prepared) {
                case Step step -> {
                    return step;
                }
                case Prepared.NotYet ignored -> {
                    return null;
                }
                case Prepared.Full ignored -> first = next;
            }
        }
        return null;
    }

    private Prepared prepare(Resident resident, long first, long settled, long revision) {
        RelationshipKey key = resident.key();
        Map<Long, Entry> entries = new HashMap<>();
        Map<Long, VectorBlock.Embedded> embedded = new HashMap<>();
        boolean ready = embedder.isEmpty()
                ? withoutVectors(key, first, settled)
                : vectors(key, first, settled, entries, embedded);
        if (!ready) {
            return new Prepared.NotYet();
        }
        Segment segment = new Segment(entries, embedded);
        Range range = new Range(key.messages(first), key.messages(settled), MOST_KEYS, false);
        for (Opened opened : vault.tryRange(key.partition(), range, budgets.store())) {
            List<StoredMessage> block = messages(opened);
            boolean yet = block != null && (block.getLast().seq() >= settled || !segment.embedded(block, resident));
            if (yet && segment.folded.size() < 2) {
                return new Prepared.NotYet();
            }
            if (yet || block == null || !segment.add(((Opened.Whole) opened).entry(), block)) {
                break;
            }
        }
        return segment.folded.size() < 2
                ? new Prepared.Full()
                : new Step(first, segment.end(), revision, segment.batch(key));
    }

    private static @Nullable List<StoredMessage> messages(Opened opened) {
        try {
            return opened instanceof Opened.Whole(Entry entry)
                    ? MessageBlock.decode(entry.bytes()).messages()
                    : null;
        } catch (CodecException damaged) {
            // Told when it was loaded; what is damaged stays as it is.
            return null;
        }
    }

    /** Without an embedder vectors are left alone, and so are their messages: a deletion finds them by their block. */
    private boolean withoutVectors(RelationshipKey key, long first, long settled) {
        Range range = new Range(key.vectors(first), key.vectors(settled), 1, false);
        return vault.tryRange(key.partition(), range, budgets.store()).isEmpty();
    }

    /** The vectors of the present embedder from {@code first} on, and where they lie; false where one is damaged. */
    private boolean vectors(
            RelationshipKey key,
            long first,
            long settled,
            Map<Long, Entry> entries,
            Map<Long, VectorBlock.Embedded> embedded) {
        Range range = new Range(key.vectors(first), key.vectors(settled), MOST_KEYS, false);
        for (Opened opened : vault.tryRange(key.partition(), range, budgets.store())) {
            if (!(opened instanceof Opened.Whole(Entry entry))) {
                return false;
            }
            try {
                VectorBlock block = VectorBlock.decode(entry.bytes());
                entries.put(key.firstSeq(entry.key()), entry);
                if (block.embedder().equals(embedder)) {
                    block.embedded().forEach(message -> embedded.put(message.seq(), message));
                }
            } catch (CodecException | IllegalArgumentException damaged) {
                return false;
            }
        }
        return true;
    }

    /** A segment in the making. */
    private final class Segment {
        private final Map<Long, Entry> entries;
        private final Map<Long, VectorBlock.Embedded> vectors;
        private final List<Entry> folded = new ArrayList<>();
        private final List<StoredMessage> messages = new ArrayList<>();
        private final List<VectorBlock.Embedded> kept = new ArrayList<>();
        private int keys;
        private long characters;
        private long vectorBytes;

        private Segment(Map<Long, Entry> entries, Map<Long, VectorBlock.Embedded> vectors) {
            this.entries = entries;
            this.vectors = vectors;
        }

        /** Whether every message of a block that is a memory has its vectors. */
        private boolean embedded(List<StoredMessage> block, Resident resident) {
            return embedder.isEmpty()
                    || block.stream()
                            .allMatch(message -> !resident.remembers(message) || vectors.containsKey(message.seq()));
        }

        /** Takes a block in; false where it does not fit any more. */
        private boolean add(Entry entry, List<StoredMessage> block) {
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

        private long end() {
            return messages.getLast().seq() + 1;
        }

        private Batch batch(RelationshipKey key) {
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
}
