package dev.hearth.testkit;

import dev.hearth.spi.ColdStore;

final class MemoryColdStoreTest extends ColdStoreContract {

    @Override
    protected ColdStore open() {
        return new MemoryColdStore();
    }

    @Override
    protected ColdStore reopen(ColdStore open) {
        return ((MemoryColdStore) open).reopened();
    }
}
