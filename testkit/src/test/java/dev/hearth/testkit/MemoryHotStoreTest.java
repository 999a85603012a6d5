package dev.hearth.testkit;

import dev.hearth.spi.HotStore;

final class MemoryHotStoreTest extends HotStoreContract {

    @Override
    protected HotStore open() {
        return new MemoryHotStore(clock);
    }
}
