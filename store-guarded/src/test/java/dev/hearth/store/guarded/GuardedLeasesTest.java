package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.PARTITION;
import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.store.local.LocalLeases;
import dev.hearth.testkit.LeasesContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GuardedLeasesTest extends LeasesContract {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Outage outage = new Outage();
    private final Guards guards = Fixture.guards();

    @Override
    protected Leases open() {
        return guards.leases(outage.of(Leases.class, new LocalLeases(clock)), clock);
    }

    @Test
    void whileTheBreakerIsOpenNeitherAnswerIsInventedAndGivingBackFailsNobody() {
        assertThat(leases.take(PARTITION, "k", "one", LIFETIME, soon())).isTrue();
        outage.fails(Kind.UNAVAILABLE);
        Fixture.open(guards.breakers().getFirst(), () -> leases.renew(PARTITION, "k", "one", LIFETIME, soon()));
        outage.fails(null);
        assertFails(Kind.UNAVAILABLE, () -> leases.take(PARTITION, "k", "two", LIFETIME, soon()));
        assertFails(Kind.UNAVAILABLE, () -> leases.renew(PARTITION, "k", "one", LIFETIME, soon()));
        leases.release(PARTITION, "k", "one", soon());
        assertThat(outage.calls()).isZero();
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(leases.renew(PARTITION, "k", "one", LIFETIME, soon())).isTrue();
        assertThat(guards.breakers().getFirst().state()).isEqualTo(BreakerState.CLOSED);
    }

    private Deadline soon() {
        return Fixture.soon(clock);
    }
}
