package dev.hearth.testkit;

import static dev.hearth.spi.StoreException.Kind.FULL;
import static dev.hearth.spi.StoreException.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.WriteOutcome;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Without a fault the faulty store is the store behind it; with one it does what the script says. */
final class FaultyWarmStoreTest extends WarmStoreContract {

    private MemoryWarmStore behind = new MemoryWarmStore(clock);

    @Override
    protected WarmStore open() {
        return new FaultyWarmStore(behind);
    }

    @Override
    protected WarmStore reopen(WarmStore open) {
        behind = behind.reopened();
        return open();
    }

    @Test
    void failsBeforeAndAfterAsScripted() {
        FaultyWarmStore faulty = (FaultyWarmStore) store;
        faulty.onWrites(
                new Fault.Before(FULL), new Fault.After(UNAVAILABLE), new Fault.None(), new Fault.Conflicting());
        assertRefused(FULL, () -> written(ANNA, put("a", 1, "")));
        assertThat(keys(ANNA, all())).isEmpty();
        assertRefused(UNAVAILABLE, () -> written(ANNA, put("b", 1, "")));
        assertThat(keys(ANNA, all())).containsExactly("b");
        written(ANNA, put("c", 1, ""));
        assertThat(write(ANNA, List.of(), put("d", 1, ""))).isEqualTo(new WriteOutcome.Conflict("d"));
        faulty.onReads(new Fault.Before(StoreException.Kind.DEADLINE));
        assertRefused(StoreException.Kind.DEADLINE, () -> value(ANNA, "b"));
        assertThat(keys(ANNA, all())).containsExactly("b", "c");
        assertThat(faulty.injected()).isEqualTo(4);
    }

    @Test
    void holdsAWriteAtAGate() throws Exception {
        Gate gate = new Gate();
        ((FaultyWarmStore) store).onWrites(new Fault.Held(gate));
        FutureTask<WriteOutcome> writing = new FutureTask<>(() -> write(ANNA, List.of(), put("a", 1, "")));
        Thread.ofVirtual().start(writing);
        gate.awaitArrival();
        assertThat(keys(ANNA, all())).isEmpty();
        gate.open();
        assertThat(writing.get(10, TimeUnit.SECONDS)).isEqualTo(new WriteOutcome.Written());
        assertThat(keys(ANNA, all())).containsExactly("a");
    }

    @Test
    void aSeedDrawsTheSameFaultsAgain() {
        assertThat(drawn(7)).isEqualTo(drawn(7)).contains(true, false);
    }

    private List<Boolean> drawn(long seed) {
        FaultyWarmStore faulty = FaultyWarmStore.seeded(new MemoryWarmStore(clock), seed, 0.3);
        store = faulty;
        return java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> {
                    try {
                        written(ANNA, put("k" + i, 1, ""));
                        return true;
                    } catch (StoreException injected) {
                        return false;
                    }
                })
                .toList();
    }
}
