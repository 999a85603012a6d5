package dev.hearth.store.guarded;

import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import org.jspecify.annotations.Nullable;

/** Keys behind the breaker of the warm store that stands on the same server. A key is always destroyed. */
final class GuardedKeys implements Keys {

    private final Keys keys;
    private final Guard guard;

    GuardedKeys(Keys keys, Guard guard) {
        this.keys = keys;
        this.guard = guard;
    }

    @Override
    public byte[] derive(String purpose) {
        return keys.derive(purpose);
    }

    @Override
    public @Nullable PartitionKey find(Partition partition) {
        return guard.<@Nullable PartitionKey>cached(() -> keys.find(partition));
    }

    @Override
    public @Nullable PartitionKey findNow(Partition partition) {
        return guard.<@Nullable PartitionKey>cached(() -> keys.findNow(partition));
    }

    @Override
    public PartitionKey findOrCreate(Partition partition) {
        return guard.cached(() -> keys.findOrCreate(partition));
    }

    @Override
    public boolean destroy(Partition partition) {
        return guard.always(() -> keys.destroy(partition));
    }

    @Override
    public void close() {
        keys.close();
    }
}
