package dev.hearth.server.stores;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.ErasureLedger;

/**
 * The stores that a migration reads from or fills.
 *
 * @param place where the records are, for messages
 */
public record Side(
        String place, CopyableWarmStore warm, CopyableColdStore cold, CopyableKeys keys, ErasureLedger erasures) {}
