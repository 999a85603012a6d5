package dev.hearth.store.guarded;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A hot store on a server behind a breaker. While that is open it is an empty cache: a get answers null and a put keeps
 * nothing, at once. A remove and a drop are always tried and fail where the store fails: an empty cache would have said that
 * all is gone. Closing closes the store.
 */
final class GuardedHotStore implements HotStore {

    private final HotStore store;
    private final Guard guard;

    GuardedHotStore(HotStore store, Guard guard) {
        this.store = store;
        this.guard = guard;
    }

    @Override
    public byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        return guard.<byte @Nullable []>call(deadline, () -> store.get(partition, key, deadline), () -> null);
    }

    @Override
    public void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {
        guard.call(
                deadline,
                () -> {
                    store.put(partition, key, value, lifetime, deadline);
                    return true;
                },
                () -> false);
    }

    @Override
    public void remove(Partition partition, String key, Deadline deadline) {
        guard.always(() -> {
            store.remove(partition, key, deadline);
            return true;
        });
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return guard.always(() -> store.drop(partition, deadline));
    }

    @Override
    public void close() {
        guard.close();
        store.close();
    }
}
