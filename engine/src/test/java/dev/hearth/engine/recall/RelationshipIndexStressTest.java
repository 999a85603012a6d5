package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One thread writes while others search: what was there before a search is found, what was deleted before is not. */
final class RelationshipIndexStressTest {

    private static final int DIMENSION = 16;
    private static final int MESSAGES = 6000;

    private final RelationshipIndex index = new RelationshipIndex(DIMENSION);
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void searchesSeeWhatWasWrittenBeforeThemAndNothingTorn() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = i;
                readers.add(threads.submit(() -> search(new Random(seed))));
            }
            try {
                write();
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(index.size()).isEqualTo(MESSAGES - deleted.get() / 3);
    }

    /** Message n has a word of its own and points along axis n modulo 16; every third is deleted 500 later. */
    private void write() {
        for (long seq = 1; seq <= MESSAGES; seq++) {
            index.append(new IndexedMessage(seq, true, "Ann", (int) seq, Instant.EPOCH, "own" + seq + " all", true));
            index.vectors(seq, List.of(axis(seq)));
            appended.set(seq);
            if (seq > 500 && (seq - 500) % 3 == 0) {
                index.delete(seq - 500);
                deleted.set(seq - 500);
            }
            if (seq % 100 == 0) {
                index.vectors(seq - 50, List.of(axis(seq - 50), axis(seq - 50)));
            }
        }
    }

    private int search(Random random) {
        int searches = 0;
        while (!done.get() || searches == 0) {
            long known = appended.get();
            long gone = deleted.get();
            if (known == 0) {
                continue;
            }
            long seq = 1 + random.nextLong(known);
            List<Ranked> hits = index.search(RecallQuery.of("own" + seq, 10, Instant.EPOCH, ZoneOffset.UTC)
                            .like(axis(seq), null))
                    .hits();
            check(seq, known, gone, hits);
            searches++;
        }
        return searches;
    }

    private void check(long seq, long known, long gone, List<Ranked> hits) {
        Set<Long> seqs = new HashSet<>();
        for (Ranked hit : hits) {
            boolean wrong = hit.seq() % 3 == 0 && hit.seq() <= gone;
            // Every vector lies along an axis, so that nothing whole is half alike.
            double likeness = hit.likeness();
            boolean torn = Math.abs(likeness) > 0.001 && Math.abs(likeness - 1) > 0.02;
            if (wrong || torn || !seqs.add(hit.seq())) {
                throw new AssertionError("asked for " + seq + ", deleted to " + gone + ", got " + hit);
            }
        }
        // Its deletion may have begun meanwhile where it is one of those to go.
        if (seq % 3 != 0 && hits.getFirst().seq() != seq) {
            throw new AssertionError("asked for " + seq + " of " + known + ", got " + hits.getFirst());
        }
    }

    private static float[] axis(long seq) {
        float[] vector = new float[DIMENSION];
        vector[(int) (seq % DIMENSION)] = 1;
        return vector;
    }
}
