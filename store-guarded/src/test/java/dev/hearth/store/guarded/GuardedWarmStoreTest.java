package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.StoreException.Kind;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.MemoryWarmStore;
import dev.hearth.testkit.WarmStoreContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GuardedWarmStoreTest extends WarmStoreContract {

    private final Outage outage = new Outage();
    private Guards guards = Fixture.guards();
    private @Nullable MemoryWarmStore memory;

    @Override
    protected WarmStore open() {
        memory = memory == null ? new MemoryWarmStore(clock) : memory.reopened();
        guards = Fixture.guards();
        return guards.warm(outage.of(WarmStore.class, memory), clock);
    }

    @Test
    void whileTheBreakerIsOpenCallsFailAtOnceAndADropIsStillTried() {
        written(ANNA, put("k", 1, "v"));
        outage.fails(Kind.UNAVAILABLE);
        Breaker breaker = guards.breakers().getFirst();
        Fixture.open(breaker, () -> store.get(ANNA, "k", soon()));
        outage.fails(null);
        assertFails(Kind.UNAVAILABLE, () -> store.get(ANNA, "k", soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.getAll(ANNA, List.of("k"), soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.range(ANNA, all(), soon()));
        assertFails(Kind.UNAVAILABLE, () -> write(ANNA, List.of(), put("k", 2, "w")));
        assertFails(Kind.UNAVAILABLE, () -> store.exists(ANNA, soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.partitions(soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.bytes(ANNA, soon()));
        assertThat(outage.calls()).isZero();
        assertThat(breaker.refused()).isEqualTo(7);
        assertThat(store.drop(ANNA, soon()).removed()).isEqualTo(1);
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(store.exists(ANNA, soon())).isFalse();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whetherItIsSharedIsTheStoresToSay() {
        assertThat(store.exclusive()).isTrue();
    }

    @Test
    void aClosedOneSaysSoWithAnOpenBreakerToo() {
        outage.fails(Kind.UNAVAILABLE);
        Fixture.open(guards.breakers().getFirst(), () -> store.get(ANNA, "k", soon()));
        store.close();
        assertFails(Kind.CLOSED, () -> store.get(ANNA, "k", soon()));
    }
}
