package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses 4, 7 and 8 with many threads. */
abstract class WarmStoreRaces extends WarmStoreRefusals {

    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    @Test
    protected final void incrementsByCompareAndSwapAreNeitherLostNorDoubled() throws Exception {
        Together.run(THREADS, thread -> () -> {
            for (int done = 0; done < ROUNDS; ) {
                Item item = store.get(ANNA, "counter", soon());
                long revision = item == null ? 0 : item.revision();
                var condition = item == null ? absent("counter") : revisionIs("counter", revision);
                var outcome = write(
                        ANNA,
                        List.of(condition),
                        put("counter", revision + 1, "n" + (revision + 1)),
                        put("by-" + thread + "-" + done, 1, ""));
                done += outcome instanceof WriteOutcome.Written ? 1 : 0;
            }
            return thread;
        });
        assertThat(store.get(ANNA, "counter", soon()))
                .extracting(Item::revision)
                .isEqualTo((long) THREADS * ROUNDS);
        assertThat(keys(ANNA, all())).hasSize(THREADS * ROUNDS + 1);
    }

    @Test
    protected final void ofManyWhoClaimOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "claim-" + round;
            List<WriteOutcome> outcomes = Together.run(
                    THREADS, thread -> () -> write(ANNA, List.of(absent(key)), put(key, 1, "by " + thread)));
            assertThat(outcomes).containsOnlyOnce(new WriteOutcome.Written());
            int winner = outcomes.indexOf(new WriteOutcome.Written());
            assertThat(value(ANNA, key)).isEqualTo("by " + winner);
        }
    }

    @Test
    protected final void everyThreadReadsItsOwnWritesWhileOthersWriteElsewhere() throws Exception {
        Together.run(THREADS, thread -> () -> {
            Partition own = new Partition("p" + thread);
            for (int i = 1; i <= ROUNDS; i++) {
                written(own, put("k", i, "v" + i), put("k" + i, i, "v" + i));
                assertThat(value(own, "k")).isEqualTo("v" + i);
                assertThat(keys(own, all())).hasSize(i + 1);
            }
            return thread;
        });
        assertThat(store.partitions(soon())).hasSize(THREADS);
    }
}
