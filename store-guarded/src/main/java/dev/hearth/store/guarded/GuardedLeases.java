package dev.hearth.store.guarded;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import java.time.Duration;

/**
 * Leases on a server behind a breaker. While that is open, taking and renewing fail at once with {@code UNAVAILABLE}, since
 * neither answer would be true; who asked decides whether the work may be done twice. Giving back does nothing then: a
 * lease ends by itself. Closing closes the leases.
 */
final class GuardedLeases implements Leases {

    private final Leases leases;
    private final Guard guard;

    GuardedLeases(Leases leases, Guard guard) {
        this.leases = leases;
        this.guard = guard;
    }

    @Override
    public boolean take(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return guard.call(deadline, () -> leases.take(partition, key, owner, lifetime, deadline));
    }

    @Override
    public boolean renew(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return guard.call(deadline, () -> leases.renew(partition, key, owner, lifetime, deadline));
    }

    @Override
    public void release(Partition partition, String key, String owner, Deadline deadline) {
        guard.call(
                deadline,
                () -> {
                    leases.release(partition, key, owner, deadline);
                    return true;
                },
                () -> false);
    }

    @Override
    public void close() {
        guard.close();
        leases.close();
    }
}
