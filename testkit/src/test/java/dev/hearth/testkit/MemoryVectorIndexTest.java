package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import dev.hearth.spi.VectorIndex;

final class MemoryVectorIndexTest extends VectorIndexContract {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    @Override
    protected VectorIndex open() {
        return new MemoryVectorIndex(8);
    }

    @Override
    protected Clock clock() {
        return clock;
    }
}
