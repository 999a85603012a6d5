package dev.hearth.testkit;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.CopyableColdStore;

final class MemoryColdStoreTest extends CopyableColdStoreContract {

    @Override
    protected CopyableColdStore open() {
        return new MemoryColdStore();
    }

    @Override
    protected ColdStore reopen(ColdStore open) {
        return ((MemoryColdStore) open).reopened();
    }
}
