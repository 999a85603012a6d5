package dev.hearth.testkit;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A cold store in memory that obeys the contract, except that its durability ends with the process. */
public final class MemoryColdStore implements CopyableColdStore {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._/-]{1,200}");

    private final Map<Partition, NavigableMap<String, byte[]>> data;
    private boolean closed;

    public MemoryColdStore() {
        this(new HashMap<>());
    }

    private MemoryColdStore(Map<Partition, NavigableMap<String, byte[]>> data) {
        this.data = data;
    }

    /** Closes this store and opens another on what it holds. */
    public MemoryColdStore reopened() {
        close();
        return new MemoryColdStore(data);
    }

    @Override
    public synchronized boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        admit(deadline);
        check(name);
        return data.computeIfAbsent(partition, ignored -> new TreeMap<>()).putIfAbsent(name, bytes.clone()) == null;
    }

    @Override
    public synchronized byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        admit(deadline);
        check(name);
        NavigableMap<String, byte[]> objects = data.get(partition);
        byte[] bytes = objects == null ? null : objects.get(name);
        return bytes == null ? null : bytes.clone();
    }

    @Override
    public synchronized List<String> list(Partition partition, String prefix, Deadline deadline) {
        admit(deadline);
        NavigableMap<String, byte[]> objects = data.get(partition);
        return objects == null
                ? List.of()
                : objects.keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .toList();
    }

    @Override
    public synchronized List<Partition> partitions(Deadline deadline) {
        admit(deadline);
        return data.entrySet().stream()
                .filter(objects -> !objects.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void delete(Partition partition, String name, Deadline deadline) {
        admit(deadline);
        check(name);
        NavigableMap<String, byte[]> objects = data.get(partition);
        if (objects != null) {
            objects.remove(name);
        }
    }

    @Override
    public synchronized Removal drop(Partition partition, Deadline deadline) {
        admit(deadline);
        NavigableMap<String, byte[]> objects = data.remove(partition);
        if (objects == null) {
            return Removal.NOTHING;
        }
        return new Removal(
                objects.size(),
                objects.values().stream().mapToLong(bytes -> bytes.length).sum());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void admit(Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The cold store in memory is closed.");
        }
        if (deadline.expired()) {
            throw new StoreException(
                    StoreException.Kind.DEADLINE, "The deadline had passed before the cold store began.");
        }
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException(
                    "An object's name is 1 to 200 characters of a-z, 0-9, '.', '_', '/' and '-', without '..'.");
        }
    }
}
