package dev.hearth.engine;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store that writes everything but what touches certain keys, as if the process had died just before. */
record Unwritable(WarmStore store, Predicate<String> keys) implements WarmStore {

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        if (write.operations().stream().map(Write.Operation::key).anyMatch(keys)) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "This is never written.");
        }
        return store.write(partition, write, deadline);
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        return store.get(partition, key, deadline);
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> wanted, Deadline deadline) {
        return store.getAll(partition, wanted, deadline);
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        return store.range(partition, range, deadline);
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        return store.exists(partition, deadline);
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        return store.partitions(deadline);
    }

    @Override
    public long bytes(Partition partition, Deadline deadline) {
        return store.bytes(partition, deadline);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return store.drop(partition, deadline);
    }

    @Override
    public boolean exclusive() {
        return store.exclusive();
    }

    @Override
    public void close() {
        store.close();
    }
}
