package dev.hearth.store.s3;

import static dev.hearth.store.s3.FaultyFront.Fault.ANSWER_LOST;
import static dev.hearth.store.s3.FaultyFront.Fault.SLOW_DOWN;
import static dev.hearth.store.s3.FaultyFront.Fault.STALLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.store.guarded.Breaker;
import dev.hearth.store.guarded.BreakerState;
import dev.hearth.store.guarded.Guards;
import dev.hearth.store.guarded.HedgedReads;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Breaker and second requests before a real S3 server that stalls. The timeouts end a hanging test and measure nothing. */
@Timeout(60)
final class GuardedS3Test {

    private static final Partition PARTITION = new Partition("p");
    private static final byte[] BYTES = new byte[10_000];
    private static final int READS_THAT_PAY_FOR_ONE = 20;

    static {
        new Random(7).nextBytes(BYTES);
    }

    /** Of breaker and read times: it stands, so reads take no time, and a known one is slow at once. Deadlines are real. */
    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    private final Guards guards = new Guards(new Random(7));

    private S3Server server;
    private FaultyFront front;
    private ColdStore store;

    @BeforeEach
    void open() throws Exception {
        server = S3Server.unsigned();
        front = new FaultyFront(server.address());
        store = guards.cold(S3ColdStore.open(S3Server.settings(front.address(), server.bucket()), soon()), clock);
        store.putIfAbsent(PARTITION, "a", BYTES, soon());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        front.close();
        server.close();
    }

    @Test
    void aReadThatStallsIsAnsweredByTheSecondRequest() {
        for (int i = 0; i < READS_THAT_PAY_FOR_ONE; i++) {
            assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
        }
        front.next(STALLED);
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
        assertThat(reads().hedged()).isEqualTo(1);
        // The client of the JDK sends a request once more by itself whose connection broke before the answer, as the
        // loser's may.
        assertThat(front.methods()).hasSizeBetween(2, 3).containsOnly("GET");
        // Which of the two meets the stall is the network's to say.
        assertThat(reads().won()).isBetween(0L, 1L);
    }

    @Test
    void aStalledServerOpensTheBreakerAndOneThatAnswersClosesIt() {
        front.next(STALLED, STALLED, STALLED, STALLED, STALLED, STALLED);
        for (int i = 0; i < 5; i++) {
            assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
            assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "a", shortly()));
        }
        assertThat(breaker().state()).isEqualTo(BreakerState.OPEN);
        // Whoever waited for the server here would wait for half a minute.
        assertThat(assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon())))
                .contains("was not asked");
        assertFails(Kind.UNAVAILABLE, () -> store.putIfAbsent(PARTITION, "b", BYTES, soon()));
        clock.advance(Duration.ofSeconds(2));
        assertFails(Kind.DEADLINE, () -> store.list(PARTITION, "", shortly()));
        assertFails(Kind.UNAVAILABLE, () -> store.list(PARTITION, "", soon()));
        assertThat(front.methods()).hasSize(6);
        clock.advance(Duration.ofSeconds(2));
        assertThat(store.list(PARTITION, "", soon())).containsExactly("a");
        assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker().opened()).isEqualTo(1);
    }

    @Test
    void whatFailsIsRepeatedByTheStoreAlone() {
        front.next(SLOW_DOWN, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN);
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon()));
        assertThat(front.methods()).hasSize(4);
    }

    @Test
    void aPutWhoseAnswerWasLostIsTheCallers() {
        front.next(ANSWER_LOST);
        assertThat(store.putIfAbsent(PARTITION, "b", BYTES, soon())).isTrue();
        assertThat(store.putIfAbsent(PARTITION, "b", BYTES, soon())).isFalse();
    }

    private static String assertFails(Kind kind, ThrowingCallable call) {
        StoreException thrown = catchThrowableOfType(StoreException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        return String.valueOf(thrown.getMessage());
    }

    private Breaker breaker() {
        return guards.breakers().getFirst();
    }

    private HedgedReads reads() {
        return guards.reads().getFirst();
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }

    private static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(1));
    }
}
