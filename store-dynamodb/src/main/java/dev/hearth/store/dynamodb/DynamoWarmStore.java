package dev.hearth.store.dynamodb;

import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmLimits;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warm store in a DynamoDB table, for any number of servers at once.
 *
 * <ul>
 *   <li><b>Writes.</b> One operation whose conditions are on its own key is a plain put or delete; any other write is one
 *       transaction, at twice the cost, under a token by which a repetition is known. Refusals for now (throttling,
 *       another transaction) are tried again until the deadline, and so are lost answers and errors of the server; a
 *       plain write whose answer was lost is not, and throws: it may have happened.
 *   <li><b>Reads</b> are strongly consistent, item by item: a {@code getAll}, and a {@code range} in particular, may see
 *       one item of a write that is being made and not yet another.
 *   <li><b>Expiry</b> is read from the clock given, to the millisecond; servers' clocks should agree. DynamoDB removes what
 *       has expired some days later, where time to live is on. Until then it counts in {@code exists}, {@code bytes} and
 *       {@code drop}. A partition ends with its last item.
 *   <li><b>Cost.</b> {@code bytes} and {@code drop} read the whole partition, {@code partitions} reads the whole table.
 *       A drop that its deadline ends has removed a part; the next goes on.
 *   <li><b>Deadlines.</b> A call ends with its deadline. A server that cannot be reached is said after four attempts,
 *       where the deadline does not come first.
 * </ul>
 */
public final class DynamoWarmStore implements CopyableWarmStore {

    private static final Duration OPENING = Duration.ofSeconds(15);

    /** Greater than every key, and a lower bound of {@code key + " "} lets in every key after it. */
    private static final String BEHIND_ALL = "\u007f";

    private final Table table;
    private final WholePartition whole;

    private DynamoWarmStore(Table table) {
        this.table = table;
        this.whole = new WholePartition(table);
    }

    /**
     * Opens the store in a table that exists.
     *
     * @throws StoreException {@code UNAVAILABLE} where it does not, cannot be reached, or has another shape; the message
     *     says how to make it
     */
    public static DynamoWarmStore open(DynamoSettings settings, Clock clock) {
        return open(Table.connect(settings, clock));
    }

    static DynamoWarmStore open(Table table) {
        try {
            DynamoTables.check(table, Deadline.after(Clock.system(), OPENING), true);
            return new DynamoWarmStore(table);
        } catch (RuntimeException failed) {
            table.close();
            throw failed;
        }
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        WarmLimits.check(key);
        return table.get(partition.name(), key, deadline);
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        WarmLimits.checkAll(keys);
        return table.getAll(partition.name(), keys, deadline);
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        return table.query(partition.name(), range, deadline);
    }

    @Override
    public List<Write.Operation.Put> copies(Partition partition, String after, int limit, Deadline deadline) {
        return table.copies(partition.name(), new Range(after + " ", BEHIND_ALL, limit, false), deadline);
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        WarmLimits.check(write);
        return table.write(partition.name(), write, deadline);
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        return whole.exists(partition.name(), deadline);
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        return whole.partitions(deadline);
    }

    /** What DynamoDB bills for the rows: the bytes of their values and of the names of their attributes. */
    @Override
    public long bytes(Partition partition, Deadline deadline) {
        return whole.bytes(partition.name(), deadline);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return whole.drop(partition.name(), deadline);
    }

    @Override
    public boolean exclusive() {
        return false;
    }

    @Override
    public void close() {
        table.close();
    }
}
