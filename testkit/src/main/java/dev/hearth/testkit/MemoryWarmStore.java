package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmLimits;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A warm store in memory that obeys the contract, except that its durability ends with the process:
 * {@link #reopened} gives another store on the same data, as a restart would. One lock; never blocks for long.
 */
public final class MemoryWarmStore implements CopyableWarmStore {

    private final Clock clock;
    private final Map<Partition, NavigableMap<String, Stored>> data;
    private volatile boolean closed;

    public MemoryWarmStore(Clock clock) {
        this(clock, new TreeMap<>(Comparator.comparing(Partition::name)));
    }

    private MemoryWarmStore(Clock clock, Map<Partition, NavigableMap<String, Stored>> data) {
        this.clock = clock;
        this.data = data;
    }

    /** Closes this store and opens another on what it holds. */
    public MemoryWarmStore reopened() {
        close();
        return new MemoryWarmStore(clock, data);
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        WarmLimits.check(key);
        admit(deadline);
        synchronized (data) {
            Stored stored = live(partition, key);
            return stored == null ? null : stored.item(key);
        }
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        WarmLimits.checkAll(keys);
        admit(deadline);
        List<Item> items = new ArrayList<>();
        synchronized (data) {
            for (String key : keys) {
                Stored stored = live(partition, key);
                if (stored != null) {
                    items.add(stored.item(key));
                }
            }
        }
        return items;
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        admit(deadline);
        List<Item> items = new ArrayList<>();
        synchronized (data) {
            NavigableMap<String, Stored> all = data.get(partition);
            if (all == null || range.from().compareTo(range.to()) >= 0) {
                return items;
            }
            NavigableMap<String, Stored> within = all.subMap(range.from(), true, range.to(), false);
            Instant now = clock.now();
            for (var entry : (range.descending() ? within.descendingMap() : within).entrySet()) {
                if (items.size() == range.limit()) {
                    break;
                }
                if (entry.getValue().liveAt(now)) {
                    items.add(entry.getValue().item(entry.getKey()));
                }
            }
        }
        return items;
    }

    @Override
    public List<Write.Operation.Put> copies(Partition partition, String after, int limit, Deadline deadline) {
        admit(deadline);
        synchronized (data) {
            NavigableMap<String, Stored> all = data.getOrDefault(partition, new TreeMap<>());
            Instant now = clock.now();
            return all.tailMap(after, false).entrySet().stream()
                    .filter(entry -> entry.getValue().liveAt(now))
                    .limit(limit)
                    .map(entry -> entry.getValue().put(entry.getKey()))
                    .toList();
        }
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        WarmLimits.check(write);
        admit(deadline);
        synchronized (data) {
            for (Write.Condition condition : write.conditions()) {
                if (!holds(partition, condition)) {
                    return new WriteOutcome.Conflict(condition.key());
                }
            }
            NavigableMap<String, Stored> items = data.computeIfAbsent(partition, ignored -> new TreeMap<>());
            for (Write.Operation operation : write.operations()) {
                switch (operation) {
                    case Write.Operation.Put put ->
                        items.put(
                                put.key(),
                                new Stored(put.revision(), put.value().clone(), put.expiresAt()));
                    case Write.Operation.Delete delete -> items.remove(delete.key());
                }
            }
            return new WriteOutcome.Written();
        }
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        admit(deadline);
        synchronized (data) {
            return data.containsKey(partition);
        }
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        admit(deadline);
        synchronized (data) {
            return List.copyOf(data.keySet());
        }
    }

    @Override
    public long bytes(Partition partition, Deadline deadline) {
        admit(deadline);
        synchronized (data) {
            return size(data.get(partition)).bytes();
        }
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        admit(deadline);
        synchronized (data) {
            return size(data.remove(partition));
        }
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void admit(Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The warm store in memory is closed.");
        }
        if (deadline.expired()) {
            throw new StoreException(
                    StoreException.Kind.DEADLINE, "The deadline had passed before the warm store began.");
        }
    }

    private boolean holds(Partition partition, Write.Condition condition) {
        Stored stored = live(partition, condition.key());
        return switch (condition) {
            case Write.Condition.Absent ignored -> stored == null;
            case Write.Condition.RevisionIs is -> stored != null && stored.revision() == is.revision();
        };
    }

    private @Nullable Stored live(Partition partition, String key) {
        NavigableMap<String, Stored> items = data.get(partition);
        Stored stored = items == null ? null : items.get(key);
        return stored != null && stored.liveAt(clock.now()) ? stored : null;
    }

    private static Removal size(@Nullable NavigableMap<String, Stored> items) {
        if (items == null) {
            return Removal.NOTHING;
        }
        long bytes = 0;
        for (var entry : items.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().value().length;
        }
        return new Removal(items.size(), bytes);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(
            long revision, byte[] value, @Nullable Instant expiresAt) {

        boolean liveAt(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }

        Write.Operation.Put put(String key) {
            return new Write.Operation.Put(key, revision, value.clone(), expiresAt);
        }

        Item item(String key) {
            return new Item(key, revision, value.clone());
        }
    }
}
