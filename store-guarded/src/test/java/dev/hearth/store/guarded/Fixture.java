package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of guarded stores ask in the same words. */
final class Fixture {

    static final Partition PARTITION = new Partition("p");

    private Fixture() {}

    static Guards guards() {
        return new Guards(new Random(7));
    }

    static Deadline soon(ManualClock clock) {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }

    static String assertFails(Kind kind, ThrowingCallable call) {
        StoreException thrown = catchThrowableOfType(StoreException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        return String.valueOf(thrown.getMessage());
    }

    /** Lets {@code call} fail until its breaker is open. */
    static void open(Breaker breaker, ThrowingCallable call) {
        for (int i = 0; i < Breaker.LEAST_FAILURES; i++) {
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            assertFails(Kind.UNAVAILABLE, call);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }
}
