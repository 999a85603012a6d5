package dev.hearth.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.testkit.HotStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CaffeineHotStoreTest extends HotStoreContract {

    @Override
    protected HotStore open() {
        return new CaffeineHotStore(clock, 1 << 20);
    }

    @Test
    void keepsNoMoreBytesThanItsBound() {
        Partition partition = new Partition("p");
        Deadline soon = Deadline.after(clock, Duration.ofSeconds(30));
        for (int i = 0; i < 5_000; i++) {
            store.put(partition, "k" + i, new byte[1_000], Duration.ofDays(7), soon);
        }
        assertThat(store.drop(partition, soon).bytes()).isBetween(500_000L, 1L << 20);
    }
}
