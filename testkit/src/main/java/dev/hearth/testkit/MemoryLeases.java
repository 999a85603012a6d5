package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases in memory; {@link #failing} has them fail as a server does that is away. Unbounded. */
public final class MemoryLeases implements Leases {

    private final Clock clock;
    private final Map<Name, Held> held = new HashMap<>();
    private boolean failing;
    private boolean closed;

    public MemoryLeases(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean take(
            Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        admit(lifetime, deadline);
        Name name = new Name(partition, key);
        Held now = present(name);
        if (now != null && !now.owner().equals(owner)) {
            return false;
        }
        held.put(name, new Held(owner, clock.now().plus(lifetime)));
        return true;
    }

    @Override
    public synchronized boolean renew(
            Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        admit(lifetime, deadline);
        return present(new Name(partition, key)) != null && take(partition, key, owner, lifetime, deadline);
    }

    @Override
    public synchronized void release(Partition partition, String key, String owner, Deadline deadline) {
        admit(Duration.ofMillis(1), deadline);
        Name name = new Name(partition, key);
        Held now = present(name);
        if (now != null && now.owner().equals(owner)) {
            held.remove(name);
        }
    }

    /** How many leases are held. */
    public synchronized int count() {
        held.values().removeIf(lease -> !clock.now().isBefore(lease.until()));
        return held.size();
    }

    /** Whether every call fails with {@code UNAVAILABLE} from now on. */
    public synchronized void failing(boolean fails) {
        failing = fails;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private @Nullable Held present(Name name) {
        Held now = held.get(name);
        return now == null || !clock.now().isBefore(now.until()) ? null : now;
    }

    private void admit(Duration lifetime, Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The leases in memory are closed.");
        }
        if (failing) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The leases in memory were told to fail.");
        }
        if (deadline.expired()) {
            throw new StoreException(StoreException.Kind.DEADLINE, "The deadline had passed before the leases began.");
        }
        if (lifetime.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("A lease's lifetime is at least a millisecond.");
        }
    }

    private record Name(Partition partition, String key) {}

    private record Held(String owner, Instant until) {}
}
