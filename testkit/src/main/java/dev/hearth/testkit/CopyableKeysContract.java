package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What all {@link CopyableKeys} do beside what keys do. */
public abstract class CopyableKeysContract extends KeysContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");

    @Override
    protected abstract CopyableKeys open();

    @Test
    protected final void saysWhoseKeysThereAre() {
        Deadline soon = Asking.soon(Clock.system());
        assertThat(copyable().partitions(soon)).isEmpty();
        keys.findOrCreate(ANNA);
        keys.findOrCreate(BEN);
        keys.findOrCreate(Partition.SYSTEM);
        assertThat(copyable().partitions(soon)).containsExactlyInAnyOrder(ANNA, BEN, Partition.SYSTEM);
        assertThat(keys.destroy(BEN)).isTrue();
        assertThat(copyable().partitions(soon)).containsExactlyInAnyOrder(ANNA, Partition.SYSTEM);
    }

    @Test
    protected final void aWrappedKeyIsTheSameKeyWhereItIsPut() {
        assertThat(copyable().wrapped(ANNA)).isNull();
        PartitionKey made = keys.findOrCreate(ANNA);
        byte[] wrapped = wrapped(ANNA);
        assertThat(copyable().wrapped(ANNA)).isEqualTo(wrapped);
        assertThat(keys.destroy(ANNA)).isTrue();
        assertThat(keys.find(ANNA)).isNull();

        assertThat(copyable().putWrapped(ANNA, wrapped)).isTrue();
        assertSame(made);
        keys = reopen(keys);
        assertSame(made);
        assertThat(copyable().wrapped(ANNA)).isEqualTo(wrapped);
    }

    @Test
    protected final void aKeyThatIsThereStays() {
        PartitionKey first = keys.findOrCreate(ANNA);
        byte[] earlier = wrapped(ANNA);
        assertThat(keys.destroy(ANNA)).isTrue();
        PartitionKey second = keys.findOrCreate(ANNA);
        assertThat(copyable().putWrapped(ANNA, earlier)).isFalse();
        assertSame(second);
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    protected final void whatDoesNotOpenIsRefused() {
        keys.findOrCreate(ANNA);
        byte[] cut = java.util.Arrays.copyOf(wrapped(ANNA), 30);
        assertThatThrownBy(() -> copyable().putWrapped(BEN, cut)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> copyable().putWrapped(BEN, new byte[0])).isInstanceOf(StoreException.class);
        assertThat(keys.find(BEN)).isNull();
    }

    private CopyableKeys copyable() {
        return (CopyableKeys) keys;
    }

    private byte[] wrapped(Partition partition) {
        return Objects.requireNonNull(copyable().wrapped(partition));
    }

    private void assertSame(PartitionKey expected) {
        PartitionKey present = Objects.requireNonNull(keys.find(ANNA));
        assertThat(present.id()).isEqualTo(expected.id());
        assertThat(present.secret().getEncoded()).isEqualTo(expected.secret().getEncoded());
    }
}
