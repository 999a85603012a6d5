package dev.hearth.bench.tiers;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A hot store that keeps nothing, as a hot store may: whatever is cold is read from the cold store. */
final class NoHotStore implements HotStore {

    @Override
    public byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        return null;
    }

    @Override
    public void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {}

    @Override
    public void remove(Partition partition, String key, Deadline deadline) {}

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return Removal.NOTHING;
    }

    @Override
    public void close() {}
}
