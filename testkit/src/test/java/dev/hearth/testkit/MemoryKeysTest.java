package dev.hearth.testkit;

import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Keys;

final class MemoryKeysTest extends CopyableKeysContract {

    @Override
    protected CopyableKeys open() {
        return new MemoryKeys(42);
    }

    @Override
    protected Keys reopen(Keys open) {
        return ((MemoryKeys) open).reopened();
    }
}
