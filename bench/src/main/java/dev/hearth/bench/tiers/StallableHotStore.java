package dev.hearth.bench.tiers;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hot store that answers nobody while it is stalled: who asks waits until their deadline. Safe for many threads. */
final class StallableHotStore implements HotStore {

    private final HotStore store;
    private volatile @Nullable CountDownLatch stall;

    StallableHotStore(HotStore store) {
        this.store = store;
    }

    void stall() {
        stall = new CountDownLatch(1);
    }

    void goOn() {
        CountDownLatch ended = stall;
        stall = null;
        if (ended != null) {
            ended.countDown();
        }
    }

    @Override
    public byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        pass(deadline);
        return store.get(partition, key, deadline);
    }

    @Override
    public void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {
        pass(deadline);
        store.put(partition, key, value, lifetime, deadline);
    }

    @Override
    public void remove(Partition partition, String key, Deadline deadline) {
        pass(deadline);
        store.remove(partition, key, deadline);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        pass(deadline);
        return store.drop(partition, deadline);
    }

    private void pass(Deadline deadline) {
        CountDownLatch present = stall;
        try {
            if (present != null && !present.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException(StoreException.Kind.DEADLINE, "The hot store is stalled by the measurement.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "A wait for the hot store was interrupted.");
        }
    }

    /** The store behind it is its owner's to close. */
    @Override
    public void close() {}
}
