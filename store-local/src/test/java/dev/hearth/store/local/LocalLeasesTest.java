package dev.hearth.store.local;

import dev.hearth.spi.Leases;
import dev.hearth.testkit.LeasesContract;

final class LocalLeasesTest extends LeasesContract {

    @Override
    protected Leases open() {
        return new LocalLeases(clock);
    }
}
