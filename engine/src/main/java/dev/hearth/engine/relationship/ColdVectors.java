package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of what was put away, in an index outside the node where there is one: they tell which cold segment is worth
 * fetching, each message for itself and not by a few centres. What is warm is scanned in the node. The index may lose
 * anything: then the gists tell. Safe for many threads.
 */
final class ColdVectors {

    private static final Logger log = LoggerFactory.getLogger(ColdVectors.class);

    private static final int NEAREST = 20;
    private static final Duration QUERY = Duration.ofMillis(60);

    /** What is less alike is not worth a fetch. */
    private static final double LEAST = 0.6;

    private final @Nullable VectorIndex index;
    private final Budgets budgets;

    ColdVectors(@Nullable VectorIndex index, Budgets budgets) {
        this.index = index;
        this.budgets = budgets;
    }

    /** Whether there is such an index. */
    boolean there() {
        return index != null;
    }

    private static String space(RelationshipKey key) {
        return Integer.toHexString(key.ordinal());
    }

    private static String id(long seq, int window) {
        return String.format(Locale.ROOT, "%010x.%x", seq, window);
    }

    /** Puts the vectors of messages that are about to be put away. */
    void put(RelationshipKey key, Collection<VectorBlock.Embedded> embedded) {
        VectorIndex present = index;
        if (present == null) {
            return;
        }
        List<VectorIndex.Entry> entries = new ArrayList<>();
        for (VectorBlock.Embedded message : embedded) {
            for (int window = 0; window < message.windows().size(); window++) {
                QuantizedVector vector = message.windows().get(window);
                if (vector.scale() > 0) {
                    entries.add(new VectorIndex.Entry(id(message.seq(), window), vector.toFloats()));
                }
            }
        }
        if (!entries.isEmpty()) {
            StoreCall.make(
                    "vectors",
                    "upsert",
                    () -> present.upsert(key.partition(), space(key), entries, budgets.background()));
        }
    }

    /** Removes the vectors of messages, before what they stand for is erased. */
    void remove(RelationshipKey key, Collection<VectorBlock.Embedded> embedded) {
        VectorIndex present = index;
        List<String> ids = new ArrayList<>();
        for (VectorBlock.Embedded message : embedded) {
            for (int window = 0; window < message.windows().size(); window++) {
                ids.add(id(message.seq(), window));
            }
        }
        if (present != null && !ids.isEmpty()) {
            StoreCall.make(
                    "vectors", "delete", () -> present.delete(key.partition(), space(key), ids, budgets.background()));
        }
    }

    /** The first seqs of the segments that are away and have messages like this, the most alike first. */
    Set<Long> nearest(Resident resident, float @Nullable [] vector, Deadline deadline) {
        Set<Long> segments = new LinkedHashSet<>();
        VectorIndex present = index;
        if (present == null || vector == null || resident.cold().gists().isEmpty()) {
            return segments;
        }
        RelationshipKey key = resident.key();
        try {
            for (VectorIndex.Match match :
                    present.query(key.partition(), space(key), vector, NEAREST, soon(deadline))) {
                long seq = match.score() < LEAST ? 0 : Long.parseLong(match.id().substring(0, 10), 16);
                long first = seq == 0 ? 0 : resident.cold().awayIn(seq);
                if (first != 0) {
                    segments.add(first);
                }
            }
        } catch (StoreException lost) {
            log.debug("The vector index did not answer, the gists tell: {}", lost.getMessage());
        }
        return segments;
    }

    /** What is worth fetching has to be fetched too. */
    private static Deadline soon(Deadline deadline) {
        return new Deadline(
                Math.min(deadline.nanos(), deadline.clock().nanoTime() + QUERY.toNanos()), deadline.clock());
    }
}
