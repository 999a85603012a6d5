package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hot store in memory; {@link #loseEverything} does what any hot store may do at any time. Unbounded. */
public final class MemoryHotStore implements HotStore {

    private final Clock clock;
    private final Map<Partition, Map<String, Kept>> data = new HashMap<>();
    private boolean closed;

    public MemoryHotStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        Kept kept = data.getOrDefault(partition, Map.of()).get(key);
        return kept == null || !clock.now().isBefore(kept.until())
                ? null
                : kept.value().clone();
    }

    @Override
    public synchronized void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {
        admit(deadline);
        data.computeIfAbsent(partition, ignored -> new HashMap<>())
                .put(key, new Kept(value.clone(), clock.now().plus(lifetime)));
    }

    @Override
    public synchronized void remove(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        Map<String, Kept> kept = data.get(partition);
        if (kept != null) {
            kept.remove(key);
        }
    }

    @Override
    public synchronized Removal drop(Partition partition, Deadline deadline) {
        admit(deadline);
        Map<String, Kept> kept = data.remove(partition);
        if (kept == null) {
            return Removal.NOTHING;
        }
        return new Removal(
                kept.size(),
                kept.values().stream().mapToLong(k -> k.value().length).sum());
    }

    /** Forgets all partitions, as a restarted cache would. */
    public synchronized void loseEverything() {
        data.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        data.clear();
    }

    private void admit(Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The hot store in memory is closed.");
        }
        if (deadline.expired()) {
            throw new StoreException(
                    StoreException.Kind.DEADLINE, "The deadline had passed before the hot store began.");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] value, Instant until) {}
}
