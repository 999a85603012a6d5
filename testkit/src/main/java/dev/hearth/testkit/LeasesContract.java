package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all {@link Leases} do. They may be lost; those of a test, with nothing gone wrong, are expected to hold. */
public abstract class LeasesContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** The only clock the leases under test may read. */
    protected final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    protected Leases leases;

    /** Leases of which none is taken. */
    protected abstract Leases open();

    /** Lets a lifetime pass; leases outside the process let real time pass instead. */
    protected void pass(Duration time) {
        clock.advance(time);
    }

    @BeforeEach
    final void openLeases() {
        leases = open();
    }

    @AfterEach
    final void closeLeases() {
        leases.close();
    }

    @Test
    protected final void oneOwnerHoldsALease() {
        assertThat(take("k", "one", LONG)).isTrue();
        assertThat(take("k", "two", LONG)).isFalse();
        assertThat(take("k", "one", LONG)).isTrue();
        assertThat(take("l", "two", LONG)).isTrue();
        assertThat(leases.take(BEN, "k", "two", LONG, soon())).isTrue();
        assertThat(renew("k", "one", LONG)).isTrue();
        assertThat(renew("k", "two", LONG)).isFalse();
        assertThat(renew("nobody's", "two", LONG)).isFalse();
        assertThat(take("nobody's", "one", LONG)).isTrue();
    }

    @Test
    protected final void onlyItsOwnerGivesALeaseBack() {
        take("k", "one", LONG);
        release("k", "two");
        assertThat(take("k", "two", LONG)).isFalse();
        release("k", "one");
        assertThat(renew("k", "one", LONG)).isFalse();
        assertThat(take("k", "two", LONG)).isTrue();
        release("k", "one");
        assertThat(renew("k", "two", LONG)).isTrue();
        release("never taken", "one");
    }

    @Test
    protected final void aLeaseEndsWithItsLifetime() {
        take("ends", "one", SHORT);
        take("renewed", "one", SHORT);
        take("taken again", "one", SHORT);
        take("cut short", "one", LONG);
        assertThat(renew("renewed", "one", LONG)).isTrue();
        assertThat(take("taken again", "one", LONG)).isTrue();
        assertThat(renew("cut short", "one", SHORT)).isTrue();
        pass(SHORT);
        assertThat(renew("ends", "one", LONG)).isFalse();
        assertThat(take("ends", "two", LONG)).isTrue();
        assertThat(take("renewed", "two", LONG)).isFalse();
        assertThat(take("taken again", "two", LONG)).isFalse();
        assertThat(take("cut short", "two", LONG)).isTrue();
        release("ends", "one");
        assertThat(renew("ends", "two", LONG)).isTrue();
    }

    @Test
    protected final void askingForAnothersLeaseDoesNotLengthenIt() {
        take("k", "one", SHORT);
        pass(SHORT.dividedBy(2));
        assertThat(take("k", "two", LONG)).isFalse();
        assertThat(renew("k", "two", LONG)).isFalse();
        release("k", "two");
        pass(SHORT.dividedBy(2));
        assertThat(take("k", "two", LONG)).isTrue();
    }

    @Test
    protected final void ofManyWhoTakeOneHolds() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            List<Boolean> taken = Together.run(8, thread -> () -> take(key, "owner" + thread, LONG));
            assertThat(taken).containsOnlyOnce(true);
            assertThat(renew(key, "owner" + taken.indexOf(true), LONG)).isTrue();
        }
    }

    @Test
    protected final void aPassedDeadlineTakesNothing() {
        Deadline passed = Deadline.after(clock, Duration.ZERO);
        assertThatThrownBy(() -> leases.take(ANNA, "k", "one", LONG, passed))
                .isInstanceOfSatisfying(
                        StoreException.class, late -> assertThat(late.kind()).isEqualTo(StoreException.Kind.DEADLINE));
        assertThat(take("k", "two", LONG)).isTrue();
    }

    @Test
    protected final void aLifetimeIsAMillisecondAtLeast() {
        for (Duration lifetime : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> take("k", "one", lifetime)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> renew("k", "one", lifetime)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    protected final void closedLeasesSaySo() {
        leases.close();
        leases.close();
        Asking.assertClosed(() -> take("k", "one", LONG));
        Asking.assertClosed(() -> renew("k", "one", LONG));
        Asking.assertClosed(() -> release("k", "one"));
    }

    private boolean take(String key, String owner, Duration lifetime) {
        return leases.take(ANNA, key, owner, lifetime, soon());
    }

    private boolean renew(String key, String owner, Duration lifetime) {
        return leases.renew(ANNA, key, owner, lifetime, soon());
    }

    private void release(String key, String owner) {
        leases.release(ANNA, key, owner, soon());
    }

    private Deadline soon() {
        return Asking.soon(clock);
    }
}
