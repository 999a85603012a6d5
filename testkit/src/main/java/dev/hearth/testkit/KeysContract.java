package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Keys} does. */
public abstract class KeysContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");

    protected Keys keys;

    /** Keys on this test's storage, which is empty at first; called again after a close, they are the same keys. */
    protected abstract Keys open();

    /** Closes {@code open} and opens others on the same storage. */
    protected Keys reopen(Keys open) {
        open.close();
        return open();
    }

    @BeforeEach
    final void openKeys() {
        keys = open();
    }

    @AfterEach
    final void closeKeys() {
        keys.close();
    }

    @Test
    protected final void aPurposeAlwaysGivesTheSameBytes() {
        byte[] names = keys.derive("names");
        byte[] copy = names.clone();
        assertThat(names).hasSize(32);
        assertThat(keys.derive("ids")).isNotEqualTo(names);
        names[0] ^= 1;
        assertThat(keys.derive("names")).isEqualTo(copy);
        keys = reopen(keys);
        assertThat(keys.derive("names")).isEqualTo(copy);
    }

    @Test
    protected final void aKeyIsMadeOnceAndStays() {
        assertThat(keys.find(ANNA)).isNull();
        PartitionKey made = keys.findOrCreate(ANNA);
        assertThat(made.id()).isNotZero();
        assertThat(made.secret().getAlgorithm()).isEqualTo("AES");
        assertThat(made.secret().getEncoded()).hasSize(32);
        assertSame(keys.find(ANNA), made);
        assertSame(keys.findOrCreate(ANNA), made);
        assertThat(keys.find(BEN)).isNull();
        assertThat(secret(keys.findOrCreate(BEN))).isNotEqualTo(secret(made));
        keys = reopen(keys);
        assertSame(keys.find(ANNA), made);
        assertSame(keys.findOrCreate(ANNA), made);
    }

    @Test
    protected final void aDestroyedKeyIsGoneAndTheNextIsAnother() {
        assertThat(keys.destroy(ANNA)).isFalse();
        PartitionKey first = keys.findOrCreate(ANNA);
        PartitionKey other = keys.findOrCreate(BEN);
        assertThat(keys.destroy(ANNA)).isTrue();
        assertThat(keys.find(ANNA)).isNull();
        assertThat(keys.destroy(ANNA)).isFalse();
        assertSame(keys.find(BEN), other);
        keys = reopen(keys);
        assertThat(keys.find(ANNA)).isNull();
        PartitionKey second = keys.findOrCreate(ANNA);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(secret(second)).isNotEqualTo(secret(first));
    }

    @Test
    protected final void everybodyReceivesTheSameNewKey() throws Exception {
        for (int round = 0; round < 10; round++) {
            Partition partition = new Partition("p" + round);
            List<PartitionKey> received = Together.run(8, thread -> () -> keys.findOrCreate(partition));
            for (PartitionKey key : received) {
                assertSame(key, received.getFirst());
            }
            assertSame(keys.find(partition), received.getFirst());
        }
        keys = reopen(keys);
        assertThat(keys.find(new Partition("p3"))).isNotNull();
    }

    @Test
    protected final void aKeyIsNeverPrinted() {
        PartitionKey key = keys.findOrCreate(ANNA);
        assertThat(key.toString())
                .doesNotContain(secret(key))
                .doesNotContain(secret(key).substring(0, 16));
    }

    @Test
    protected final void closedKeysSaySo() {
        keys.close();
        keys.close();
        Asking.assertClosed(() -> keys.find(ANNA));
        Asking.assertClosed(() -> keys.findOrCreate(ANNA));
        Asking.assertClosed(() -> keys.destroy(ANNA));
        Asking.assertClosed(() -> keys.derive("names"));
    }

    private static void assertSame(@Nullable PartitionKey key, PartitionKey expected) {
        PartitionKey present = Objects.requireNonNull(key, "There is no key.");
        assertThat(present.id()).isEqualTo(expected.id());
        assertThat(secret(present)).isEqualTo(secret(expected));
    }

    private static String secret(PartitionKey key) {
        return HexFormat.of().formatHex(key.secret().getEncoded());
    }
}
