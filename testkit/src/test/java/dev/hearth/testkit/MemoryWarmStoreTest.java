package dev.hearth.testkit;

import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.WarmStore;

final class MemoryWarmStoreTest extends CopyableWarmStoreContract {

    @Override
    protected CopyableWarmStore open() {
        return new MemoryWarmStore(clock);
    }

    @Override
    protected WarmStore reopen(WarmStore open) {
        return ((MemoryWarmStore) open).reopened();
    }
}
