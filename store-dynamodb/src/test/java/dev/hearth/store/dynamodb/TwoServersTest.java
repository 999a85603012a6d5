package dev.hearth.store.dynamodb;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import dev.hearth.testkit.WarmStoreContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The whole contract, its races too, where every other call is made by another server on the same table. */
final class TwoServersTest extends WarmStoreContract {

    private final DynamoSettings settings = DynamoDbLocal.freshTable();

    @Override
    protected WarmStore open() {
        return new Alternating(DynamoWarmStore.open(settings, clock), DynamoWarmStore.open(settings, clock));
    }

    @Override
    protected int randomSteps() {
        return 500;
    }

    private record Alternating(WarmStore even, WarmStore odd, AtomicInteger calls) implements WarmStore {

        Alternating(WarmStore even, WarmStore odd) {
            this(even, odd, new AtomicInteger());
        }

        private WarmStore next() {
            return calls.getAndIncrement() % 2 == 0 ? even : odd;
        }

        @Override
        public @Nullable Item get(Partition partition, String key, Deadline deadline) {
            return next().get(partition, key, deadline);
        }

        @Override
        public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
            return next().getAll(partition, keys, deadline);
        }

        @Override
        public List<Item> range(Partition partition, Range range, Deadline deadline) {
            return next().range(partition, range, deadline);
        }

        @Override
        public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
            return next().write(partition, write, deadline);
        }

        @Override
        public boolean exists(Partition partition, Deadline deadline) {
            return next().exists(partition, deadline);
        }

        @Override
        public List<Partition> partitions(Deadline deadline) {
            return next().partitions(deadline);
        }

        @Override
        public long bytes(Partition partition, Deadline deadline) {
            return next().bytes(partition, deadline);
        }

        @Override
        public Removal drop(Partition partition, Deadline deadline) {
            return next().drop(partition, deadline);
        }

        @Override
        public boolean exclusive() {
            return even.exclusive() || odd.exclusive();
        }

        @Override
        public void close() {
            even.close();
            odd.close();
        }
    }
}
