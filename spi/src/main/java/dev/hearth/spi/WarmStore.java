package dev.hearth.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system of record: ordered keys within a partition, and one conditional atomic write in one partition.
 *
 * <p><b>Contract</b> (held by {@code WarmStoreContract}):
 *
 * <ol>
 *   <li>Keys are 1 to {@value #MAX_KEY_BYTES} bytes of printable ASCII and ordered by their bytes.
 *   <li>A write is all or nothing, and durable when {@link #write} returns {@link WriteOutcome.Written}: it survives
 *       {@code kill -9} and a power cut.
 *   <li>A write that throws may or may not have happened; the caller finds out by reading.
 *   <li>A read sees every write that returned before it began.
 *   <li>An item whose expiry has passed is never returned and counts as absent in a condition.
 *   <li>What is over the limits is refused with {@link StoreException.Kind#TOO_LARGE} and changes nothing.
 *   <li>Nothing is shared between partitions; a partition exists from its first write until {@link #drop}.
 *   <li>Calls may come from any number of threads; each blocks until done or until its deadline, when it throws
 *       {@link StoreException.Kind#DEADLINE}.
 * </ol>
 */
public interface WarmStore extends AutoCloseable {

    int MAX_KEY_BYTES = 512;

    /** Of one write, and of the different keys that its conditions and operations name together. */
    int MAX_OPERATIONS = 100;

    /** Of the keys and values of one write's operations; the rest of 4 MB is for what a store adds to them. */
    int MAX_WRITE_BYTES = 4 * 1024 * 1024 - 64 * 1024;

    int MAX_VALUE_BYTES = 350 * 1024;

    /** The item at {@code key}, or null where there is none. */
    @Nullable
    Item get(Partition partition, String key, Deadline deadline);

    /**
     * The items at {@code keys}, 1 to {@value #MAX_OPERATIONS} different ones, in the order of the keys; absent ones
     * are left out. One round trip.
     */
    List<Item> getAll(Partition partition, List<String> keys, Deadline deadline);

    /** The items of {@code range} in its order; empty where the partition does not exist. */
    List<Item> range(Partition partition, Range range, Deadline deadline);

    /** Applies every operation if every condition holds; otherwise changes nothing. */
    WriteOutcome write(Partition partition, Write write, Deadline deadline);

    /** Whether the partition has anything stored. */
    boolean exists(Partition partition, Deadline deadline);

    /** Every partition that exists; for audits and for replaying an erasure ledger, not for a turn's path. */
    List<Partition> partitions(Deadline deadline);

    /** What the partition takes in this store, in bytes, all of it counted; 0 where it does not exist. */
    long bytes(Partition partition, Deadline deadline);

    /** Removes everything of the partition. Dropping what does not exist is allowed and removes 0. */
    Removal drop(Partition partition, Deadline deadline);

    /** True when no other process can write to this store while it is open (an exclusively locked data folder). */
    boolean exclusive();

    /** Ends every use; later calls throw {@link StoreException.Kind#CLOSED}. Closing twice is allowed. */
    @Override
    void close();
}
