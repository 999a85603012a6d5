package dev.hearth.spi;

import java.util.List;

/** A warm store whose records can be moved to another one as they are; for moving an installation, not for the engine. */
public interface CopyableWarmStore extends WarmStore {

    /**
     * The first {@code limit} live items whose keys come after {@code after}, ascending, as the operations that store
     * the same in another store: with revision, bytes and expiry.
     *
     * @param after a key, there or not; empty to begin at the first
     * @param limit at least 1; as many values are held in memory
     */
    List<Write.Operation.Put> copies(Partition partition, String after, int limit, Deadline deadline);
}
