package dev.hearth.testkit;

import dev.hearth.spi.ErasureLedger;

final class MemoryErasureLedgerTest extends ErasureLedgerContract {

    @Override
    protected ErasureLedger open() {
        return new MemoryErasureLedger();
    }

    @Override
    protected ErasureLedger reopen(ErasureLedger open) {
        return ((MemoryErasureLedger) open).reopened();
    }
}
