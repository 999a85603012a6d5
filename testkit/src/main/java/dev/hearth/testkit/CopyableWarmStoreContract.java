package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link CopyableWarmStore} does beside what a warm store does. */
public abstract class CopyableWarmStoreContract extends WarmStoreContract {

    @Override
    protected abstract CopyableWarmStore open();

    @Test
    protected final void copiesCarryEverythingInOrder() {
        Instant end = clock.now().plusSeconds(60).plusMillis(7);
        written(ANNA, put("b", 2, "two"), put("a/1", 9, "one", end), put("~", 1, ""), put("c", 3, "gone", clock.now()));
        written(ANNA, put("a/2", 4, "x", clock.now().plusSeconds(1)));
        written(BEN, put("a", 1, "ben"));
        assertThat(told(ANNA, "", 10))
                .containsExactly(
                        "a/1@9=one until " + end, "a/2@4=x until " + clock.now().plusSeconds(1), "b@2=two", "~@1=");
        clock.advance(Duration.ofSeconds(1));
        assertThat(told(ANNA, "", 10)).containsExactly("a/1@9=one until " + end, "b@2=two", "~@1=");
        assertThat(told(new Partition("nobody"), "", 10)).isEmpty();
    }

    @Test
    protected final void copiesGoOnAfterAKey() {
        written(ANNA, put("a", 1, ""), put("a ", 1, ""), put("a0", 1, ""), put("b", 1, ""));
        assertThat(told(ANNA, "", 2)).containsExactly("a@1=", "a @1=");
        assertThat(told(ANNA, "a", 2)).containsExactly("a @1=", "a0@1=");
        assertThat(told(ANNA, "a!", 9)).containsExactly("a0@1=", "b@1=");
        assertThat(told(ANNA, "b", 9)).isEmpty();
    }

    @Test
    protected final void whatIsCopiedElsewhereIsTheSame() {
        long seed = new Random().nextLong();
        System.out.println("CopyableWarmStoreContract.whatIsCopiedElsewhereIsTheSame: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            byte[] value = new byte[random.nextInt(2_000)];
            random.nextBytes(value);
            Instant end = random.nextBoolean() ? null : clock.now().plusSeconds(1 + random.nextInt(100));
            written(ANNA, new Write.Operation.Put("k" + random.nextInt(40), 1 + random.nextInt(9), value, end));
        }
        String after = "";
        List<Write.Operation.Put> page = copyable().copies(ANNA, after, 7, soon());
        while (!page.isEmpty()) {
            assertThat(page.size()).isLessThanOrEqualTo(7);
            written(BEN, page.toArray(Write.Operation[]::new));
            after = page.getLast().key();
            page = copyable().copies(ANNA, after, 7, soon());
        }
        assertThat(told(BEN, "", 100)).isEqualTo(told(ANNA, "", 100)).isNotEmpty();
    }

    private CopyableWarmStore copyable() {
        return (CopyableWarmStore) store;
    }

    private List<String> told(Partition partition, String after, int limit) {
        return copyable().copies(partition, after, limit, soon()).stream()
                .map(put -> put.key() + "@" + put.revision() + "=" + text(put.value())
                        + (put.expiresAt() == null ? "" : " until " + put.expiresAt()))
                .toList();
    }
}
