package dev.hearth.store.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Leases among the threads of this process. Lifetimes are measured on the clock's monotonic reading. Never blocks;
 * constant cost. Beyond a hundred thousand leases some are lost, as the contract allows.
 */
public final class LocalLeases implements Leases {

    private static final int MOST = 100_000;

    private final Clock clock;
    private final Cache<Name, Held> held;
    private volatile boolean closed;

    public LocalLeases(Clock clock) {
        this.clock = clock;
        held = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(new End())
                .ticker(clock::nanoTime)
                // On the caller's thread: it is short, and nothing is left to run elsewhere after a close.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean take(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        admit(deadline);
        Held wanted = held(owner, lifetime);
        return holds(
                wanted,
                held.asMap()
                        .compute(
                                new Name(partition, key),
                                (name, now) -> now == null || now.isOf(owner) ? wanted : now));
    }

    @Override
    public boolean renew(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        admit(deadline);
        Held wanted = held(owner, lifetime);
        return holds(
                wanted,
                held.asMap().computeIfPresent(new Name(partition, key), (name, now) -> now.isOf(owner) ? wanted : now));
    }

    @Override
    public void release(Partition partition, String key, String owner, Deadline deadline) {
        admit(deadline);
        held.asMap().computeIfPresent(new Name(partition, key), (name, now) -> now.isOf(owner) ? null : now);
    }

    @Override
    public void close() {
        closed = true;
        held.invalidateAll();
    }

    private void admit(Deadline deadline) {
        Failures.admit(closed, "the leases", deadline);
    }

    private static boolean holds(Held wanted, @Nullable Held now) {
        return wanted.equals(now);
    }

    private Held held(String owner, Duration lifetime) {
        if (lifetime.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("A lease's lifetime is at least a millisecond.");
        }
        return new Held(owner, clock.nanoTime() + lifetime.toNanos());
    }

    private record Name(Partition partition, String key) {}

    /** Who holds a lease, and until which reading of the clock. */
    private record Held(String owner, long until) {

        boolean isOf(String other) {
            return owner.equals(other);
        }
    }

    /** An instant and not a duration: the cache also asks after a change that left the lease as it was. */
    private static final class End implements Expiry<Name, Held> {

        @Override
        public long expireAfterCreate(Name name, Held lease, long now) {
            return lease.until() - now;
        }

        @Override
        public long expireAfterUpdate(Name name, Held lease, long now, long left) {
            return lease.until() - now;
        }

        @Override
        public long expireAfterRead(Name name, Held lease, long now, long left) {
            return left;
        }
    }
}
