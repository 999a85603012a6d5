package dev.hearth.store.dynamodb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.OperatorKey;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WrappedKey;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wrapped keys in a DynamoDB table of their own, one row for each partition, for any number of servers at once. The
 * operator's key is given and never stored; the table remembers its print, so that a server with another is refused.
 *
 * <p>Up to {@value #CACHED_KEYS} unwrapped keys are kept in memory, so that a turn asks for nothing. One that was read more
 * than {@value #FRESH_SECONDS} seconds ago is read again behind the call that asks for it, and after
 * {@value #CACHED_MINUTES} minutes before it. A key that one server destroys is gone there when {@link #destroy} returns;
 * another server may be answered it once more after {@value #FRESH_SECONDS} seconds. What it seals then nobody can read later;
 * who founds a partition, or finds something that another key sealed, reads the present one first.
 *
 * <p>Backups of this table hold destroyed keys for as long as they are kept: bound that (point-in-time recovery reaches
 * back up to 35 days). A call has {@value #CALL_SECONDS} seconds.
 */
public final class DynamoKeys implements CopyableKeys {

    static final int CACHED_KEYS = 10_000;
    static final int CACHED_MINUTES = 15;
    static final int FRESH_SECONDS = 30;
    static final int CALL_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(DynamoKeys.class);
    private static final long FRESH_NANOS = FRESH_SECONDS * 1_000_000_000L;
    private static final String KEY = "key";

    /** No partition's name begins so. */
    private static final String NO_PARTITION = "#";

    private static final String OPERATOR = NO_PARTITION + "operator";

    private static final String PRINT = "print";

    /** A key, and when it was read. */
    private record Cached(PartitionKey key, long readAt) {}

    private final Table table;
    private final Clock clock;
    private final OperatorKey operator;
    private final WrappedKey wrapped;
    private final Cache<Partition, Cached> cache;
    private final Set<Partition> refreshing = ConcurrentHashMap.newKeySet();
    private final AtomicLong destructions = new AtomicLong();
    private volatile boolean closed;

    private DynamoKeys(Table table, Clock clock, OperatorKey operator) {
        this.table = table;
        this.clock = clock;
        this.operator = operator;
        this.wrapped = new WrappedKey(operator);
        this.cache = Caffeine.newBuilder()
                .maximumSize(CACHED_KEYS)
                .expireAfterWrite(Duration.ofMinutes(CACHED_MINUTES))
                .ticker(clock::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Opens the keys in a table that exists, which is another than the data's.
     *
     * @param operatorKey 32 bytes, copied
     * @throws StoreException where the table is missing or has another shape, or its keys were wrapped with another
     *     operator's key
     */
    public static DynamoKeys open(DynamoSettings settings, byte[] operatorKey, Clock clock) {
        return open(Table.connect(settings, clock), operatorKey, clock);
    }

    static DynamoKeys open(Table table, byte[] operatorKey, Clock clock) {
        try {
            DynamoKeys keys = new DynamoKeys(table, clock, new OperatorKey(operatorKey));
            DynamoTables.check(table, keys.soon(), false);
            keys.refuseAnotherOperator();
            return keys;
        } catch (RuntimeException failed) {
            table.close();
            throw failed;
        }
    }

    @Override
    public byte[] derive(String purpose) {
        admit();
        return operator.forPurpose(purpose);
    }

    @Override
    public @Nullable PartitionKey find(Partition partition) {
        admit();
        Cached cached = cache.getIfPresent(partition);
        if (cached == null) {
            return findNow(partition);
        }
        if (clock.nanoTime() - cached.readAt() >= FRESH_NANOS && refreshing.add(partition)) {
            Thread ignored = Thread.ofVirtual().name("keys").start(() -> refresh(partition));
        }
        return cached.key();
    }

    @Override
    public @Nullable PartitionKey findNow(Partition partition) {
        admit();
        long before = destructions.get();
        return kept(partition, read(partition), before);
    }

    /** Reads a key again that has been known for a while. */
    private void refresh(Partition partition) {
        try {
            PartitionKey ignored = findNow(partition);
        } catch (StoreException later) {
            log.debug("A key was not read again: {}", later.getMessage());
        } finally {
            refreshing.remove(partition);
        }
    }

    @Override
    public PartitionKey findOrCreate(Partition partition) {
        PartitionKey there = findNow(partition);
        long before = destructions.get();
        for (int attempt = 0; there == null && attempt < 3; attempt++) {
            PartitionKey made = wrapped.create();
            there = put(partition, wrapped.wrap(partition, made)) ? made : read(partition);
            kept(partition, there, before);
        }
        if (there == null) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The key of the partition " + partition + " in the table " + table.place()
                            + " came and went: it is being destroyed again and again while it is used.");
        }
        return there;
    }

    @Override
    public boolean destroy(Partition partition) {
        admit();
        Write write =
                new Write(List.of(new Write.Condition.RevisionIs(KEY, 1)), List.of(new Write.Operation.Delete(KEY)));
        boolean was = table.transact(partition.name(), write, soon()) instanceof WriteOutcome.Written;
        cache.asMap().compute(partition, (name, cached) -> {
            destructions.incrementAndGet();
            return null;
        });
        return was;
    }

    /** Scans the table, of which the erasure ledger is a part. */
    @Override
    public List<Partition> partitions(Deadline deadline) {
        admit();
        return new WholePartition(table)
                .names(deadline).stream()
                        .filter(name -> !name.startsWith(NO_PARTITION))
                        .map(Partition::new)
                        .toList();
    }

    @Override
    public byte @Nullable [] wrapped(Partition partition) {
        admit();
        Item item = table.get(partition.name(), KEY, soon());
        return item == null ? null : item.value();
    }

    @Override
    public boolean putWrapped(Partition partition, byte[] bytes) {
        admit();
        PartitionKey ignored = wrapped.unwrap(partition, bytes, "of the partition " + partition);
        return put(partition, bytes);
    }

    @Override
    public void close() {
        closed = true;
        cache.invalidateAll();
        operator.forget();
        table.close();
    }

    /** Caches what was read, unless a key was destroyed since: then this one may be it. */
    private @Nullable PartitionKey kept(Partition partition, @Nullable PartitionKey key, long before) {
        long now = clock.nanoTime();
        cache.asMap()
                .compute(
                        partition,
                        (name, cached) ->
                                destructions.get() != before ? cached : key == null ? null : new Cached(key, now));
        return key;
    }

    private boolean put(Partition partition, byte[] bytes) {
        Write.Operation put = new Write.Operation.Put(KEY, 1, bytes, null);
        Write write = new Write(List.of(new Write.Condition.Absent(KEY)), List.of(put));
        // A transaction for its token: a put that arrived late, after the key was destroyed, would bring it back.
        return table.transact(partition.name(), write, soon()) instanceof WriteOutcome.Written;
    }

    private @Nullable PartitionKey read(Partition partition) {
        Item item = table.get(partition.name(), KEY, soon());
        return item == null
                ? null
                : wrapped.unwrap(
                        partition, item.value(), "of the partition " + partition + " in the table " + table.place());
    }

    private void refuseAnotherOperator() {
        byte[] print = operator.print();
        Write remember = new Write(
                List.of(new Write.Condition.Absent(PRINT)), List.of(new Write.Operation.Put(PRINT, 1, print, null)));
        Item there = table.get(OPERATOR, PRINT, soon());
        if (there == null && table.transact(OPERATOR, remember, soon()) instanceof WriteOutcome.Conflict) {
            there = table.get(OPERATOR, PRINT, soon());
        }
        if (there != null && !MessageDigest.isEqual(there.value(), print)) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The operator's key that was given is not the one that the keys in the table " + table.place()
                            + " were wrapped with. Use the key this table was first opened with; no data can be read "
                            + "with another.");
        }
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(CALL_SECONDS));
    }

    private void admit() {
        if (closed) {
            throw Failures.closed(table.place(), null);
        }
    }
}
