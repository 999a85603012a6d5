package dev.hearth.engine.recall;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The standings of a relationship's memories, and when each was last put into a prompt. Any number of threads read and
 * write at any time.
 */
final class Standings {

    private static final int BYTES_A_STANDING = 160;
    private static final int BYTES_A_COPY = 24;
    private static final int BYTES_A_USE = 96;

    private final Map<Long, Standing> bySeq = new ConcurrentHashMap<>();
    private final Map<Long, Instant> used = new ConcurrentHashMap<>();

    Standing of(long seq) {
        return bySeq.getOrDefault(seq, Standing.NONE);
    }

    void put(long seq, Standing standing) {
        if (standing.isNone()) {
            bySeq.remove(seq);
        } else {
            bySeq.put(seq, standing);
        }
    }

    void remove(long seq) {
        bySeq.remove(seq);
        used.remove(seq);
    }

    /** Notes a use, and forgets those that are too long ago to matter. */
    void used(Collection<Long> seqs, Instant at, Duration remembered) {
        used.values().removeIf(use -> use.isBefore(at.minus(remembered)));
        seqs.forEach(seq -> used.put(seq, at));
    }

    @Nullable
    Instant lastUse(long seq) {
        return used.get(seq);
    }

    Map<Long, Standing> all() {
        return bySeq;
    }

    long bytes() {
        long copies = 0;
        for (Standing standing : bySeq.values()) {
            copies += standing.copies().size() + standing.sources().size();
        }
        return (long) bySeq.size() * BYTES_A_STANDING + copies * BYTES_A_COPY + (long) used.size() * BYTES_A_USE;
    }
}
