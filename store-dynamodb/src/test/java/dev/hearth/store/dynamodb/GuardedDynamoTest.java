package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import dev.hearth.store.guarded.Breaker;
import dev.hearth.store.guarded.BreakerState;
import dev.hearth.store.guarded.Guards;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A breaker before DynamoDB local behind a way that stalls. The timeout ends a hanging test and measures nothing. */
@Timeout(60)
final class GuardedDynamoTest {

    private static final Partition ANNA = new Partition("anna0");
    private static final int FAILURES = 5;

    /** Of the breaker; deadlines are real. */
    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    @Test
    void aStallOpensTheBreakerAndAnAnswerClosesIt() throws Exception {
        Guards guards = new Guards(new Random(7));
        DynamoSettings direct = DynamoDbLocal.freshTable();
        CountDownLatch until = new CountDownLatch(1);
        try (FaultyWay way = new FaultyWay(DynamoDbLocal.endpoint());
                WarmStore store = guards.warm(
                        DynamoWarmStore.open(
                                new DynamoSettings(
                                        way.endpoint(), direct.region(), direct.table(), direct.credentials()),
                                Clock.system()),
                        clock)) {
            Breaker breaker = guards.breakers().getFirst();
            Write write = new Write(List.of(), List.of(new Write.Operation.Put("a", 1, new byte[1], null)));
            for (int i = 0; i <= FAILURES; i++) {
                way.next("GetItem", new FaultyWay.Fault.Stalled(new CountDownLatch(1), until));
            }
            for (int i = 0; i < FAILURES; i++) {
                assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
                assertFails(Kind.DEADLINE, () -> store.get(ANNA, "a", shortly()));
            }
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            int asked = way.asked("PutItem");
            assertThat(assertFails(Kind.UNAVAILABLE, () -> store.write(ANNA, write, soon())))
                    .contains("nothing was changed");
            assertThat(way.asked("PutItem")).isEqualTo(asked);
            clock.advance(Duration.ofSeconds(2));
            assertFails(Kind.DEADLINE, () -> store.get(ANNA, "a", shortly()));
            assertFails(Kind.UNAVAILABLE, () -> store.get(ANNA, "a", soon()));
            clock.advance(Duration.ofSeconds(2));
            assertThat(store.write(ANNA, write, soon())).isEqualTo(new WriteOutcome.Written());
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            assertThat(breaker.opened()).isEqualTo(1);
            until.countDown();
        }
    }

    private static String assertFails(Kind kind, ThrowingCallable call) {
        StoreException thrown = catchThrowableOfType(StoreException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        return String.valueOf(thrown.getMessage());
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }

    private static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(1));
    }
}
