package dev.hearth.store.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A hot store in this process, bounded by bytes: the least useful entries go first. Lifetimes are measured on the
 * clock's monotonic reading. Never blocks. {@link #drop} looks at every entry of every partition; the rest is
 * constant.
 */
public final class CaffeineHotStore implements HotStore {

    private static final int ENTRY_OVERHEAD = 128;

    private final Cache<Name, Kept> cache;
    private volatile boolean closed;

    /** A store that keeps at most about {@code maximumBytes}: values, keys, and 128 bytes for each entry. */
    public CaffeineHotStore(Clock clock, long maximumBytes) {
        cache = Caffeine.newBuilder()
                .maximumWeight(maximumBytes)
                .weigher(CaffeineHotStore::weight)
                .expireAfter(Expiry.writing((Name name, Kept kept) -> kept.lifetime()))
                .ticker(clock::nanoTime)
                // On the caller's thread: it is short, and nothing is left to run elsewhere after a close.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        Kept kept = cache.getIfPresent(new Name(partition, key));
        return kept == null ? null : kept.value().clone();
    }

    @Override
    public void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {
        admit(deadline);
        cache.put(new Name(partition, key), new Kept(value.clone(), lifetime));
    }

    @Override
    public void remove(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        cache.invalidate(new Name(partition, key));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        admit(deadline);
        Removal removal = Removal.NOTHING;
        for (Name name : cache.asMap().keySet()) {
            if (name.partition().equals(partition)) {
                Kept kept = cache.asMap().remove(name);
                removal = kept == null ? removal : removal.plus(new Removal(1, kept.value().length));
            }
        }
        return removal;
    }

    @Override
    public void close() {
        closed = true;
        cache.invalidateAll();
    }

    private void admit(Deadline deadline) {
        Failures.admit(closed, "the hot store", deadline);
    }

    private static int weight(Name name, Kept kept) {
        return (int) Math.min(
                Integer.MAX_VALUE, (long) kept.value().length + 2L * name.key().length() + ENTRY_OVERHEAD);
    }

    private record Name(Partition partition, String key) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] value, Duration lifetime) {}
}
