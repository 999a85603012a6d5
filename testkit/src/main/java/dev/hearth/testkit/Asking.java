package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What several contract suites ask in the same words. */
final class Asking {

    private Asking() {}

    static Deadline soon(Clock clock) {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }

    static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CLOSED));
    }
}
