package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.PARTITION;
import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Keys;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.KeysContract;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryWarmStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GuardedKeysTest extends KeysContract {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final Outage outage = new Outage();
    private final Guards guards = Fixture.guards();
    private final GuardedWarmStore warm = guards.warm(new MemoryWarmStore(clock), clock);
    private @Nullable MemoryKeys memory;

    @Override
    protected Keys open() {
        memory = memory == null ? new MemoryKeys(42) : memory.reopened();
        return warm.alongside(outage.of(Keys.class, memory));
    }

    @Test
    void keysThatAreLateOpenTheBreakerOfTheirStore() {
        outage.fails(Kind.DEADLINE);
        for (int i = 0; i < Breaker.LEAST_FAILURES; i++) {
            assertFails(Kind.DEADLINE, () -> keys.find(PARTITION));
        }
        assertThat(breaker().state()).isEqualTo(BreakerState.OPEN);
        outage.fails(null);
        assertFails(Kind.UNAVAILABLE, () -> keys.find(PARTITION));
        assertFails(Kind.UNAVAILABLE, () -> keys.findOrCreate(PARTITION));
        assertFails(Kind.UNAVAILABLE, () -> warm.exists(PARTITION, Fixture.soon(clock)));
        assertThat(outage.calls()).isZero();
    }

    @Test
    void anAnswerMayBeACachesAndClosesNothing() {
        openBreaker();
        clock.advance(Breaker.LONGEST_PAUSE);
        outage.fails(null);
        assertThat(keys.find(PARTITION)).isNull();
        assertThat(breaker().state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(warm.exists(PARTITION, Fixture.soon(clock))).isFalse();
        assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aKeyIsDestroyedWhateverTheBreakerSays() {
        keys.findOrCreate(PARTITION);
        openBreaker();
        assertFails(Kind.UNAVAILABLE, () -> keys.destroy(PARTITION));
        outage.fails(null);
        assertThat(keys.destroy(PARTITION)).isTrue();
    }

    private void openBreaker() {
        outage.fails(Kind.UNAVAILABLE);
        Fixture.open(breaker(), () -> keys.find(PARTITION));
    }

    private Breaker breaker() {
        return guards.breakers().getFirst();
    }
}
