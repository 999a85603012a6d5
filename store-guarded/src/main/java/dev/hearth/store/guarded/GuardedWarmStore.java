package dev.hearth.store.guarded;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warm store on a server behind a breaker. While that is open, calls fail at once with {@code UNAVAILABLE} and nothing is
 * written; a drop is always tried. Closing closes the store.
 */
public final class GuardedWarmStore implements WarmStore {

    private final WarmStore store;
    private final Guard guard;

    GuardedWarmStore(WarmStore store, Guard guard) {
        this.store = store;
        this.guard = guard;
    }

    /**
     * Keys on the same server, behind the same breaker: whoever waits for a key cannot ask the store. While it is open they
     * fail at once with {@code UNAVAILABLE}; a key is always destroyed. Closing them closes {@code keys}.
     */
    public Keys alongside(Keys keys) {
        return new GuardedKeys(keys, guard);
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        return guard.<@Nullable Item>call(deadline, () -> store.get(partition, key, deadline));
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        return guard.call(deadline, () -> store.getAll(partition, keys, deadline));
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        return guard.call(deadline, () -> store.range(partition, range, deadline));
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        return guard.call(deadline, () -> store.write(partition, write, deadline));
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        return guard.call(deadline, () -> store.exists(partition, deadline));
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        return guard.scan(() -> store.partitions(deadline));
    }

    @Override
    public long bytes(Partition partition, Deadline deadline) {
        return guard.scan(() -> store.bytes(partition, deadline));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return guard.always(() -> store.drop(partition, deadline));
    }

    @Override
    public boolean exclusive() {
        return store.exclusive();
    }

    @Override
    public void close() {
        guard.close();
        store.close();
    }
}
