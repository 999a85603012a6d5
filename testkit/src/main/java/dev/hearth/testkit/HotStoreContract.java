package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HotStore} does. A hot store may lose anything; the store opened here has room for what a test
 * puts, so these few small values are expected back.
 */
public abstract class HotStoreContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");
    private static final Duration LONG = Duration.ofDays(7);

    /** The only clock the store under test may read for lifetimes. */
    protected final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    protected HotStore store;

    /** An empty store with room for a megabyte at least. */
    protected abstract HotStore open();

    /** Lets a lifetime pass; a store outside the process lets real time pass instead. */
    protected void pass(Duration time) {
        clock.advance(time);
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    protected final void keepsReplacesAndForgets() {
        assertThat(store.get(ANNA, "k", soon())).isNull();
        byte[] given = {1, 2, 3};
        store.put(ANNA, "k", given, LONG, soon());
        given[0] = 9;
        byte[] kept = Objects.requireNonNull(store.get(ANNA, "k", soon()));
        assertThat(kept).containsExactly(1, 2, 3);
        kept[1] = 9;
        assertThat(store.get(ANNA, "k", soon())).containsExactly(1, 2, 3);
        store.put(ANNA, "k", new byte[0], LONG, soon());
        assertThat(store.get(ANNA, "k", soon())).isEmpty();
        store.remove(ANNA, "k", soon());
        store.remove(ANNA, "k", soon());
        assertThat(store.get(ANNA, "k", soon())).isNull();
    }

    @Test
    protected final void aLifetimeEnds() {
        store.put(ANNA, "short", new byte[] {1}, Duration.ofSeconds(1), soon());
        store.put(ANNA, "long", new byte[] {2}, LONG, soon());
        pass(Duration.ofSeconds(1));
        assertThat(store.get(ANNA, "short", soon())).isNull();
        assertThat(store.get(ANNA, "long", soon())).containsExactly(2);
        store.put(ANNA, "short", new byte[] {3}, LONG, soon());
        pass(Duration.ofSeconds(1));
        assertThat(store.get(ANNA, "short", soon())).containsExactly(3);
    }

    @Test
    protected final void partitionsShareNothingAndADropForgetsOne() {
        store.put(ANNA, "k", new byte[100], LONG, soon());
        store.put(ANNA, "l", new byte[100], LONG, soon());
        store.put(BEN, "k", new byte[] {2}, LONG, soon());
        assertThat(store.get(BEN, "l", soon())).isNull();
        Removal removal = store.drop(ANNA, soon());
        assertThat(removal.removed()).isEqualTo(2);
        assertThat(removal.bytes()).isGreaterThanOrEqualTo(200);
        assertThat(store.get(ANNA, "k", soon())).isNull();
        assertThat(store.get(ANNA, "l", soon())).isNull();
        assertThat(store.get(BEN, "k", soon())).containsExactly(2);
        assertThat(store.drop(ANNA, soon())).isEqualTo(Removal.NOTHING);
        store.put(ANNA, "k", new byte[] {3}, LONG, soon());
        assertThat(store.get(ANNA, "k", soon())).containsExactly(3);
    }

    @Test
    protected final void aReaderSeesWholeValuesOfItsOwnKey() throws Exception {
        Together.run(8, thread -> () -> {
            for (int i = 0; i < 200; i++) {
                byte[] value = {(byte) thread, (byte) i, (byte) thread};
                store.put(ANNA, "k" + thread, value, LONG, soon());
                byte[] read = store.get(ANNA, "k" + thread, soon());
                assertThat(read == null || Arrays.equals(read, value)).isTrue();
            }
            return thread;
        });
    }

    @Test
    protected final void aClosedStoreSaysSo() {
        store.close();
        store.close();
        Asking.assertClosed(() -> store.get(ANNA, "k", soon()));
        Asking.assertClosed(() -> store.put(ANNA, "k", new byte[1], LONG, soon()));
        Asking.assertClosed(() -> store.drop(ANNA, soon()));
    }

    private Deadline soon() {
        return Asking.soon(clock);
    }
}
