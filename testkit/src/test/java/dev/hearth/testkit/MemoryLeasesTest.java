package dev.hearth.testkit;

import dev.hearth.spi.Leases;

final class MemoryLeasesTest extends LeasesContract {

    @Override
    protected Leases open() {
        return new MemoryLeases(clock);
    }
}
