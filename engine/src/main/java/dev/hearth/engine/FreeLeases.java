package dev.hearth.engine;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import java.time.Duration;

/** Leases that everybody gets: for a world in which nobody else works, or in which work may be done twice. */
final class FreeLeases implements Leases {

    @Override
    public boolean take(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return true;
    }

    @Override
    public boolean renew(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return true;
    }

    @Override
    public void release(Partition partition, String key, String owner, Deadline deadline) {}

    @Override
    public void close() {}
}
