package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.PARTITION;
import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.HotStoreContract;
import dev.hearth.testkit.MemoryHotStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GuardedHotStoreTest extends HotStoreContract {

    private static final Duration LONG = Duration.ofDays(1);

    private final Outage outage = new Outage();
    private final Guards guards = Fixture.guards();

    @Override
    protected HotStore open() {
        return guards.hot(outage.of(HotStore.class, new MemoryHotStore(clock)), clock);
    }

    @Test
    void whileTheBreakerIsOpenItIsAnEmptyCache() {
        put("k", 1);
        openBreaker();
        outage.fails(null);
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        put("l", 2);
        assertThat(outage.calls()).isZero();
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(1);
        assertThat(store.get(PARTITION, "l", soon())).isNull();
        assertThat(guards.breakers().getFirst().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whatIsErasedIsNeverSaidToBeGoneWithoutAsking() {
        put("k", 1);
        put("l", 2);
        openBreaker();
        assertFails(Kind.UNAVAILABLE, () -> store.remove(PARTITION, "k", soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.drop(PARTITION, soon()));
        assertThat(outage.calls()).isEqualTo(2);
        outage.fails(null);
        store.remove(PARTITION, "k", soon());
        assertThat(store.drop(PARTITION, soon()).removed()).isEqualTo(1);
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertThat(store.get(PARTITION, "l", soon())).isNull();
    }

    @Test
    void aClosedOneSaysSoWithAnOpenBreakerToo() {
        openBreaker();
        store.close();
        assertFails(Kind.CLOSED, () -> store.get(PARTITION, "k", soon()));
        assertFails(Kind.CLOSED, () -> put("k", 1));
    }

    private void openBreaker() {
        outage.fails(Kind.UNAVAILABLE);
        Fixture.open(guards.breakers().getFirst(), () -> store.get(PARTITION, "k", soon()));
        outage.fails(Kind.UNAVAILABLE);
    }

    private void put(String key, int value) {
        store.put(PARTITION, key, new byte[] {(byte) value}, LONG, soon());
    }

    private Deadline soon() {
        return Fixture.soon(clock);
    }
}
