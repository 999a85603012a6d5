package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GuardTest {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final Breaker breaker = new Breaker("test", "The store of the test", clock, new Random(7));
    private final Guard guard = new Guard("The store of the test", PATIENCE, breaker);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatTheStoreCouldNotHelpOpensNoBreaker(Kind kind) {
        fail(kind, PATIENCE, 10);
        boolean opens = kind == Kind.UNAVAILABLE || kind == Kind.DEADLINE;
        assertThat(breaker.state()).isEqualTo(opens ? BreakerState.OPEN : BreakerState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FULL", "READ_ONLY", "CORRUPT", "TOO_LARGE", "CLOSED", "DEADLINE"})
    void aStoreThatRefusesHasAnswered(Kind kind) {
        fail(Kind.UNAVAILABLE, PATIENCE, 5);
        clock.advance(Breaker.LONGEST_PAUSE);
        fail(kind, PATIENCE.minusNanos(1), 1);
        boolean unknown = kind == Kind.TOO_LARGE || kind == Kind.CLOSED || kind == Kind.DEADLINE;
        assertThat(breaker.state()).isEqualTo(unknown ? BreakerState.HALF_OPEN : BreakerState.CLOSED);
    }

    @Test
    void aDeadlineThatWasTooShortForAnyStoreOpensNoBreaker() {
        fail(Kind.DEADLINE, PATIENCE.minusNanos(1), 1_000);
        fail(Kind.DEADLINE, Duration.ZERO, 1_000);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fail(Kind.DEADLINE, PATIENCE, 5);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aScanThatIsLateOpensNoBreaker() {
        for (int i = 0; i < 10; i++) {
            assertFails(
                    Kind.DEADLINE,
                    () -> guard.scan(() -> {
                        throw new StoreException(Kind.DEADLINE, "late");
                    }));
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whoGivesUpByHimselfOpensNoBreaker() {
        Thread.currentThread().interrupt();
        fail(Kind.UNAVAILABLE, PATIENCE, 10);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aMistakeOfTheCallersTellsNothingAndKeepsNoTrialBusy() {
        fail(Kind.UNAVAILABLE, PATIENCE, 5);
        clock.advance(Breaker.LONGEST_PAUSE);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> guard.call(within(PATIENCE), () -> {
                        throw new IllegalArgumentException("a name");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(guard.<Integer>call(within(PATIENCE), () -> 1)).isEqualTo(1);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whatIsRefusedIsToldInPlainWords() {
        fail(Kind.UNAVAILABLE, PATIENCE, 5);
        assertThat(assertFails(Kind.UNAVAILABLE, () -> guard.call(within(PATIENCE), () -> 1)))
                .contains("The store of the test", "nothing was changed", "tried again");
        assertFails(Kind.UNAVAILABLE, () -> guard.scan(() -> 1));
        assertThat(guard.<Integer>call(within(PATIENCE), () -> 1, () -> 2)).isEqualTo(2);
        assertThat(guard.<Integer>always(() -> 1)).isEqualTo(1);
        guard.close();
        assertFails(Kind.CLOSED, () -> guard.call(within(PATIENCE), () -> 1, () -> 2));
    }

    private void fail(Kind kind, Duration budget, int times) {
        for (int i = 0; i == 0 || (i < times && breaker.state() != BreakerState.OPEN); i++) {
            assertFails(
                    kind,
                    () -> guard.call(within(budget), () -> {
                        throw new StoreException(kind, "no");
                    }));
        }
    }

    private Deadline within(Duration budget) {
        return Deadline.after(clock, budget);
    }
}
