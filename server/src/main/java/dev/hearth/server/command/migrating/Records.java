package dev.hearth.server.command.migrating;

import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partition's live records one after the other, of which a page is held. For one thread. */
final class Records {

    private final CopyableWarmStore store;
    private final Partition partition;
    private final Clock clock;
    private List<Write.Operation.Put> page = List.of();
    private int at;
    private boolean last;
    private String after = "";

    Records(CopyableWarmStore store, Partition partition, Clock clock) {
        this.store = store;
        this.partition = partition;
        this.clock = clock;
    }

    /** The record it stands at, or null behind the last. */
    Write.Operation.@Nullable Put peek() {
        if (at == page.size() && !last) {
            page = store.copies(partition, after, Limits.PAGE, Limits.call(clock));
            at = 0;
            last = page.size() < Limits.PAGE;
        }
        return at < page.size() ? page.get(at) : null;
    }

    /** Goes to the next. */
    void next() {
        after = page.get(at).key();
        at++;
    }
}
