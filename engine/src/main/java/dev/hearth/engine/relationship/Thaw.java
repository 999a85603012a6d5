package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings cold segments into memory, where they stay until the relationship is loaded anew: their messages are found and
 * read as others are. The store is left as it is. Safe for many threads.
 */
public final class Thaw {

    private static final Logger log = LoggerFactory.getLogger(Thaw.class);

    /** So many objects are read ahead of a change at most: each is held whole until it is written. */
    private static final int MOST_READ = 8;

    private final Blocks blocks;
    private final ColdVectors vectors;
    private final String embedder;

    /**
     * @param embedder the embedder's id, empty for none
     */
    Thaw(Blocks blocks, ColdVectors vectors, String embedder) {
        this.blocks = blocks;
        this.vectors = vectors;
        this.embedder = embedder;
    }

    /** Whether anything of it is cold, be it in memory or not. */
    public boolean hasCold(Resident resident) {
        return !resident.cold().isEmpty();
    }

    /** The first seqs of the segments that are not in memory and that a query is worth fetching for, best first. */
    public List<Long> worthFetching(Resident resident, RecallQuery query, int most, Deadline deadline) {
        Set<Long> worth = vectors.nearest(resident, query.vector(), deadline);
        worth.addAll(resident.index().worthFetching(resident.cold().gists(), query, most));
        return worth.stream().limit(most).toList();
    }

    /**
     * Brings a segment in on a thread of its own, once however many ask for it at the same time. Its value is false where
     * the segment is damaged or missing, which the log then says.
     *
     * @param cap how long it may take
     */
    public Fork<Boolean> fetching(Resident resident, long first, Clock clock, Duration cap) {
        return resident.cold()
                .fetching(
                        first,
                        () -> Scope.outliving("cold", clock, () -> {
                            try {
                                bring(resident, first, Deadline.after(clock, cap));
                                return true;
                            } catch (CodecException damage) {
                                log.error("{}", damage.getMessage());
                                resident.markDamaged();
                                return false;
                            } finally {
                                resident.cold().fetched(first);
                            }
                        }));
    }

    /** Keeps for the next turn of these messages, best first, those that are in the segment that came in late. */
    public void carry(Resident resident, long first, List<Long> found) {
        ColdBlock block = resident.cold().at(first);
        if (block != null) {
            resident.carry(found.stream()
                    .filter(seq -> seq >= first && seq <= block.last())
                    .toList());
        }
    }

    /**
     * The objects, by their names, in which any of these messages is, be it warm too; some of them where there are many.
     * Brings them in. What is damaged or missing is left out: who needs it is told.
     */
    Map<String, ColdSegment> read(Resident resident, Collection<Long> seqs, Deadline deadline) {
        Map<String, ColdSegment> read = new HashMap<>();
        for (long seq : seqs) {
            long first = resident.blocks().floor(seq);
            ColdBlock block = resident.cold().at(first);
            if (block == null || read.containsKey(block.object()) || read.size() == MOST_READ) {
                continue;
            }
            try {
                ColdSegment segment = blocks.object(resident.key(), block.object(), deadline);
                if (segment != null) {
                    read.put(block.object(), segment);
                    bring(resident, first, block, segment);
                }
            } catch (CodecException damaged) {
                log.debug("A cold segment is not read ahead: {}", damaged.getMessage());
            }
        }
        return read;
    }

    private void bring(Resident resident, long first, ColdBlock block, ColdSegment segment) {
        resident.bring(first, block.object(), segment, segment.embedder().equals(embedder));
    }

    /** Brings in the segments in which any of these messages is away. */
    void bring(Resident resident, Collection<Long> seqs, Deadline deadline) {
        for (long seq : seqs) {
            long first = resident.cold().awayIn(seq);
            if (first != 0) {
                try {
                    bring(resident, first, deadline);
                } catch (CodecException damage) {
                    throw Damage.problem(damage);
                }
            }
        }
    }

    /**
     * Brings in the segment that begins with {@code first}; nothing where it is here already.
     *
     * @throws dev.hearth.engine.problem.Problem where the cold store does not answer in time
     * @throws CodecException where the segment is damaged or missing
     */
    public void bring(Resident resident, long first, Deadline deadline) {
        ColdBlock block = resident.cold().at(first);
        if (block != null) {
            ColdSegment segment = blocks.segment(resident.key(), resident.key().messages(first), block, deadline);
            bring(resident, first, block, segment);
        }
    }
}
