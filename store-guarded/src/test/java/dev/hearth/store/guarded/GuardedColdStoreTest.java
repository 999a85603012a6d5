package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.PARTITION;
import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.ColdStoreContract;
import dev.hearth.testkit.MemoryColdStore;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout ends a hanging test and measures nothing. */
@Timeout(60)
final class GuardedColdStoreTest extends ColdStoreContract {

    private final Outage outage = new Outage();
    private final StallingReads stalls = new StallingReads();
    private MemoryColdStore memory = new MemoryColdStore();
    private Guards guards = Fixture.guards();

    @Override
    protected ColdStore open() {
        guards = Fixture.guards();
        return guards.cold(outage.of(ColdStore.class, stalls.before(memory)), clock);
    }

    @Override
    protected ColdStore reopen(ColdStore open) {
        open.close();
        memory = memory.reopened();
        return open();
    }

    @Test
    void aReadThatStallsIsAskedAgainAndThenEnded() throws Exception {
        store.putIfAbsent(PARTITION, "a", new byte[] {1}, soon());
        warmUp();
        assertThat(reads().hedged()).isZero();
        StallingReads.Stall stall = stalls.next();
        assertThat(store.get(PARTITION, "a", soon())).containsExactly(1);
        stall.awaitInterrupt();
        assertThat(reads().hedged()).isEqualTo(1);
        assertThat(reads().won()).isEqualTo(1);
    }

    @Test
    void nothingButAGetIsAskedTwice() {
        store.putIfAbsent(PARTITION, "a", new byte[] {1}, soon());
        warmUp();
        outage.fails(null);
        for (int i = 0; i < 100; i++) {
            store.list(PARTITION, "", soon());
            store.putIfAbsent(PARTITION, "a", new byte[] {1}, soon());
            store.delete(PARTITION, "b", soon());
        }
        assertThat(outage.calls()).isEqualTo(300);
    }

    @Test
    void aReadThatStallsForeverEndsAtTheDeadlineWithBothRequests() throws Exception {
        warmUp();
        StallingReads.Stall first = stalls.next();
        StallingReads.Stall second = stalls.next();
        assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "a", Deadline.after(clock, Duration.ofMillis(100))));
        first.awaitInterrupt();
        second.awaitInterrupt();
        assertThat(breaker().state()).as("the deadline was too short to count").isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void anInterruptedReaderEndsBothRequests() throws Exception {
        warmUp();
        StallingReads.Stall first = stalls.next();
        StallingReads.Stall second = stalls.next();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> {
                assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon()));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            second.awaitArrival();
            threads.shutdownNow();
            reader.get();
        }
        first.awaitInterrupt();
        second.awaitInterrupt();
    }

    @Test
    void closingEndsAReadThatStalls() throws Exception {
        StallingReads.Stall stall = stalls.next();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader =
                    threads.submit(() -> assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon())));
            stall.awaitArrival();
            store.close();
            reader.get();
            stall.awaitInterrupt();
        }
        assertFails(Kind.CLOSED, () -> store.get(PARTITION, "a", soon()));
    }

    @Test
    void whileTheBreakerIsOpenCallsFailAtOnceAndWhatIsErasedIsStillTried() {
        store.putIfAbsent(PARTITION, "a", new byte[] {1}, soon());
        outage.fails(Kind.UNAVAILABLE);
        Fixture.open(breaker(), () -> store.get(PARTITION, "a", soon()));
        outage.fails(null);
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.putIfAbsent(PARTITION, "b", new byte[1], soon()));
        assertFails(Kind.UNAVAILABLE, () -> store.list(PARTITION, "", soon()));
        assertThat(outage.calls()).isZero();
        assertThat(store.drop(PARTITION, soon()).removed()).isEqualTo(1);
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(store.list(PARTITION, "", soon())).isEmpty();
        assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
    }

    /** As many reads as pay for one second request. On a clock that stands they took no time, so the next is slow at once. */
    private void warmUp() {
        for (int i = 0; i < ReadTimes.LEAST; i++) {
            byte @Nullable [] ignored = store.get(PARTITION, "a", soon());
        }
    }

    private Breaker breaker() {
        return guards.breakers().getFirst();
    }

    private HedgedReads reads() {
        return guards.reads().getFirst();
    }

    private Deadline soon() {
        return Fixture.soon(clock);
    }
}
