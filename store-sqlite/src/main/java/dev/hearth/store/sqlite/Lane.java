package dev.hearth.store.sqlite;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that makes the native calls for its partitions, one after the other, while the callers wait
 * with their deadlines. A call whose caller has given up before its turn is not made.
 */
final class Lane {

    private static final long IDLE_SECONDS = 1;

    private final OpenFiles files;
    private final BlockingQueue<FutureTask<?>> queue;
    private final Thread thread;
    private volatile boolean closed;

    Lane(String name, OpenFiles files, int queue) {
        this.files = files;
        this.queue = new ArrayBlockingQueue<>(queue);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Runs {@code work} on this lane's thread and waits for its answer. */
    <T extends @Nullable Object> T call(Partition partition, Deadline deadline, Function<OpenFiles, T> work) {
        if (closed) {
            throw closedStore();
        }
        if (deadline.expired()) {
            throw new StoreException(
                    Kind.DEADLINE, "The deadline had passed before the warm store began; nothing was written.");
        }
        FutureTask<T> task = new FutureTask<>(() -> work.apply(files));
        if (!queue.offer(task)) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "The warm store is overloaded: " + queue.size() + " calls wait already. Nothing was written.");
        }
        return answer(task, partition, deadline);
    }

    private <T extends @Nullable Object> T answer(FutureTask<T> task, Partition partition, Deadline deadline) {
        try {
            return task.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            giveUp(task);
            throw new StoreException(
                    Kind.DEADLINE,
                    "The warm store did not answer for partition " + partition
                            + " by the deadline. A write may have happened.",
                    late);
        } catch (InterruptedException interrupted) {
            giveUp(task);
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "The wait for the warm store was interrupted. A write may have happened.",
                    interrupted);
        } catch (CancellationException refused) {
            throw closedStore();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoreException said) {
                throw said;
            }
            throw new IllegalStateException("The warm store failed in a way it does not know.", failed.getCause());
        }
    }

    /** A call that has not begun makes room for another one. */
    private void giveUp(FutureTask<?> task) {
        task.cancel(false);
        boolean ignored = queue.remove(task);
    }

    /** Refuses later calls, and those that wait; the one that runs is finished. */
    void close() {
        closed = true;
        // Wakes an idle lane; a full queue has no idle lane.
        boolean ignored = queue.offer(new FutureTask<>(() -> true));
    }

    /** Whether the thread has ended, its files closed, within {@code millis}. */
    boolean awaitEnd(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }

    private void run() {
        try {
            while (!closed) {
                FutureTask<?> task = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
                if (task != null && !closed) {
                    task.run();
                    files.settle();
                } else if (task != null) {
                    task.cancel(false);
                }
            }
        } catch (InterruptedException nobodyInterruptsALane) {
            closed = true;
        } finally {
            files.closeAll();
            for (FutureTask<?> task = queue.poll(); task != null; task = queue.poll()) {
                task.cancel(false);
            }
        }
    }

    private static StoreException closedStore() {
        return new StoreException(Kind.CLOSED, "The warm store is closed. Nothing was written.");
    }
}
