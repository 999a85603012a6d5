package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import org.junit.jupiter.api.Test;

/** What every {@link CopyableColdStore} does beside what a cold store does. */
public abstract class CopyableColdStoreContract extends ColdStoreContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");
    private static final byte[] BYTES = {1};

    @Override
    protected abstract CopyableColdStore open();

    @Test
    protected final void saysWhoseObjectsItHas() {
        Deadline soon = Asking.soon(clock);
        CopyableColdStore copyable = (CopyableColdStore) store;
        assertThat(copyable.partitions(soon)).isEmpty();
        assertThat(store.putIfAbsent(ANNA, "a/b/c", BYTES, soon)).isTrue();
        assertThat(store.putIfAbsent(ANNA, "d", BYTES, soon)).isTrue();
        assertThat(store.putIfAbsent(BEN, "a", BYTES, soon)).isTrue();
        assertThat(store.putIfAbsent(Partition.SYSTEM, "a", BYTES, soon)).isTrue();
        assertThat(copyable.partitions(soon)).containsExactlyInAnyOrder(ANNA, BEN, Partition.SYSTEM);
        store.delete(BEN, "a", soon);
        assertThat(store.drop(ANNA, soon).removed()).isEqualTo(2);
        assertThat(copyable.partitions(soon)).containsExactly(Partition.SYSTEM);
    }
}
