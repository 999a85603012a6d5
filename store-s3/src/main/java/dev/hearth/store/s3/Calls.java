package dev.hearth.store.s3;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call on a virtual thread of its own while the caller waits with its deadline. Only on a virtual thread
 * does an interrupt close a socket that is being read; so a call that is late ends at once, wherever it stalls and
 * whatever thread its caller runs on, and its retries end with it. The SDK's own timeouts need the same interrupt.
 * There are as many threads as callers.
 */
final class Calls implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());
    private final Failures failures;

    Calls(Failures failures) {
        this.failures = failures;
    }

    /** The answer of {@code call}, which is {@code what}. */
    <T extends @Nullable Object> T call(Operation what, Deadline deadline, Callable<T> call) {
        if (threads.isShutdown()) {
            throw closed();
        }
        if (deadline.expired()) {
            throw new StoreException(
                    Kind.DEADLINE, "The deadline had passed before the cold store began; nothing was changed.");
        }
        Future<T> running;
        try {
            running = threads.submit(call);
        } catch (RejectedExecutionException closing) {
            throw closed();
        }
        try {
            return running.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            running.cancel(true);
            throw failures.late(what, late);
        } catch (InterruptedException interrupted) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.UNAVAILABLE, "The wait for the cold store was interrupted." + what.doubt(), interrupted);
        } catch (ExecutionException failed) {
            throw threads.isShutdown() ? closed() : failures.of(what, failed.getCause());
        }
    }

    /** Ends the calls that run; their callers hear that the store is closed. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean ignored = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private static StoreException closed() {
        return new StoreException(Kind.CLOSED, "Closed: the cold store.");
    }
}
