package dev.hearth.store.guarded;

import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cold store on a server behind a breaker, whose slow reads are asked a second time. While the breaker is open,
 * calls fail at once with {@code UNAVAILABLE} and nothing is changed; a delete and a drop are always tried. A get runs on a
 * thread of its own and ends with its deadline. Closing closes the store.
 */
final class GuardedColdStore implements ColdStore {

    private static final long CLOSE_SECONDS = 5;

    private final ColdStore store;
    private final Guard guard;
    private final HedgedReads reads;
    private final ExecutorService threads;

    private GuardedColdStore(ColdStore store, Guard guard, HedgedReads reads, ExecutorService threads) {
        this.store = store;
        this.guard = guard;
        this.reads = reads;
        this.threads = threads;
    }

    static GuardedColdStore of(ColdStore store, Guard guard, Clock clock) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("cold-read-", 0).factory());
        return new GuardedColdStore(store, guard, new HedgedReads(() -> new ThreadRace(threads), clock), threads);
    }

    HedgedReads reads() {
        return reads;
    }

    @Override
    public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        return guard.call(deadline, () -> store.putIfAbsent(partition, name, bytes, deadline));
    }

    @Override
    public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        return guard.<byte @Nullable []>call(
                deadline, () -> reads.read(deadline, () -> store.get(partition, name, deadline)));
    }

    @Override
    public List<String> list(Partition partition, String prefix, Deadline deadline) {
        return guard.call(deadline, () -> store.list(partition, prefix, deadline));
    }

    @Override
    public void delete(Partition partition, String name, Deadline deadline) {
        guard.always(() -> {
            store.delete(partition, name, deadline);
            return true;
        });
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return guard.always(() -> store.drop(partition, deadline));
    }

    @Override
    public void close() {
        guard.close();
        // First, so that reads that wait hear from the store that it is closed.
        store.close();
        threads.shutdownNow();
        try {
            boolean ignored = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
