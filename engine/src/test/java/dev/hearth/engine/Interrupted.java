package dev.hearth.engine;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store in which something else happens right after a certain read. For one thread. */
final class Interrupted implements WarmStore {

    private final WarmStore store;
    private int reads = -1;
    private Runnable interruption = () -> {};

    Interrupted(WarmStore store) {
        this.store = store;
    }

    /** Runs {@code what} once, after so many more reads of several items. */
    void afterReads(int count, Runnable what) {
        reads = count;
        interruption = what;
    }

    private <T> T read(T answer) {
        if (reads > 0 && --reads == 0) {
            interruption.run();
        }
        return answer;
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        return store.get(partition, key, deadline);
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        return read(store.getAll(partition, keys, deadline));
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        return read(store.range(partition, range, deadline));
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        return store.write(partition, write, deadline);
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
