package dev.hearth.testkit;

import dev.hearth.spi.WarmStore;

final class MemoryWarmStoreTest extends WarmStoreContract {

    @Override
    protected WarmStore open() {
        return new MemoryWarmStore(clock);
    }

    @Override
    protected WarmStore reopen(WarmStore open) {
        return ((MemoryWarmStore) open).reopened();
    }
}
