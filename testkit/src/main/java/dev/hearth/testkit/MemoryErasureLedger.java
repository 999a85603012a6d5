package dev.hearth.testkit;

import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.StoreException;
import java.util.ArrayList;
import java.util.List;

/** An erasure ledger in memory; keep it while the store that it stands beside is "restored" to play a replay. */
public final class MemoryErasureLedger implements ErasureLedger {

    private final List<Erasure> entries;
    private boolean closed;

    public MemoryErasureLedger() {
        this(new ArrayList<>());
    }

    private MemoryErasureLedger(List<Erasure> entries) {
        this.entries = entries;
    }

    /** Closes this ledger and opens another on its entries. */
    public MemoryErasureLedger reopened() {
        close();
        return new MemoryErasureLedger(entries);
    }

    @Override
    public synchronized void append(Erasure erasure) {
        admit();
        entries.add(erasure);
    }

    @Override
    public synchronized List<Erasure> entries() {
        admit();
        return List.copyOf(entries);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void admit() {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The erasure ledger in memory is closed.");
        }
    }
}
