package dev.hearth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the fault tests ask in the same words. */
final class Faults {

    private Faults() {}

    static AbstractThrowableAssert<?, StoreException> assertFails(Kind kind, ThrowingCallable call) {
        StoreException thrown = catchThrowableOfType(StoreException.class, call);
        AbstractThrowableAssert<?, StoreException> failure = assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        return failure;
    }

    /** Asks again and again until {@code question} is answered with true; failures of the store count as false. */
    static void await(BooleanSupplier question) {
        boolean answered = false;
        while (!answered) {
            try {
                answered = question.getAsBoolean();
            } catch (StoreException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    /** Longer than any test lasts, so that what fails before it did not wait for it. */
    static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofMinutes(5));
    }

    static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofMillis(300));
    }
}
