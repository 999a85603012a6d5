package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of folding: the last segment, or the first block where there is none, and as many blocks behind it as fit
 * become one segment, and their vectors one record beside it. The step is one conditional write, so there is nothing
 * to resume: whenever the process dies, every message is in exactly one record.
 */
final class Fold {

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
            Prepared prepared =
                    resident.cold().at(first) != null || blocks.above(next, settled) - first > Segment.MOST_MESSAGES
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
        Segment segment = new Segment(embedder, entries, embedded);
        Range range = new Range(key.messages(first), key.messages(settled), Segment.MOST_KEYS, false);
        for (Opened opened : vault.tryRange(key.partition(), range, budgets.store())) {
            if (segment.blocks() == 0 && key.firstSeq(opened.key()) != first) {
                // Memory says otherwise than the store, which is told when it is next written.
                return new Prepared.NotYet();
            }
            List<StoredMessage> block = messages(opened);
            boolean yet = block != null && (block.getLast().seq() >= settled || !segment.embedded(block, resident));
            if (yet && segment.blocks() < 2) {
                return new Prepared.NotYet();
            }
            if (yet || block == null || !segment.add(((Opened.Whole) opened).entry(), block)) {
                break;
            }
        }
        return segment.blocks() < 2
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
        Range range = new Range(key.vectors(first), key.vectors(settled), Segment.MOST_KEYS, false);
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
}
