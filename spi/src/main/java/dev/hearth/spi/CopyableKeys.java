package dev.hearth.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys that can be moved to another place without being unwrapped, under the same operator's key; for moving an
 * installation, not for the engine.
 */
public interface CopyableKeys extends Keys {

    /** Every partition that has a key, in no order. */
    List<Partition> partitions(Deadline deadline);

    /** The partition's key as it is stored, or null where there is none. */
    byte @Nullable [] wrapped(Partition partition);

    /**
     * Stores a wrapped key of the partition unless it has one; false where it had, and then nothing changed. Durable on
     * return.
     *
     * @throws StoreException where {@code wrapped} does not open for this partition under this operator's key
     */
    boolean putWrapped(Partition partition, byte[] wrapped);
}
