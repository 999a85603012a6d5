/**
 * One machine's other stores: the hot store and leases in process, cold objects, keys and the erasure ledger as files.
 *
 * <p>Keys and the ledger stand together under {@code keys/} of the data folder, so that they can be backed up apart
 * from the data. Whoever opens these holds the data folder alone (the warm store's lock sees to it). Knows
 * {@code dev.hearth.spi} and nothing of what it keeps.
 */
@NullMarked
package dev.hearth.store.local;

import org.jspecify.annotations.NullMarked;
