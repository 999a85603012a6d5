package dev.hearth.server.command.migrating;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.util.ArrayList;
import java.util.List;

/** Gathers operations into writes that every warm store takes. For one thread. */
final class Writes {

    private final WarmStore store;
    private final Partition partition;
    private final Clock clock;
    private final List<Write.Operation> open = new ArrayList<>();
    private long bytes;

    Writes(WarmStore store, Partition partition, Clock clock) {
        this.store = store;
        this.partition = partition;
        this.clock = clock;
    }

    void add(Write.Operation operation) {
        long size = (long) operation.key().length()
                + (operation instanceof Write.Operation.Put put ? put.value().length : 0);
        if (open.size() == WarmStore.MAX_OPERATIONS || bytes + size > WarmStore.MAX_WRITE_BYTES) {
            flush();
        }
        open.add(operation);
        bytes += size;
    }

    /** Writes what is gathered. */
    void flush() {
        if (!open.isEmpty()) {
            store.write(partition, new Write(List.of(), open), Limits.call(clock));
            open.clear();
            bytes = 0;
        }
    }
}
