package dev.hearth.engine.scope;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One piece of work on a virtual thread of its own. Any thread may wait for it, any number of times. */
public final class Fork<T> {

    /** How it stands. */
    public sealed interface Result<T> {
        /** Its value, and how long it took. */
        record Done<T>(T value, long nanos) implements Result<T> {}

        /** It threw. */
        record Failed<T>(Throwable cause, long nanos) implements Result<T> {}

        /** Not done by the deadline; it goes on. */
        record Late<T>(long nanos) implements Result<T> {}
    }

    private final CountDownLatch done = new CountDownLatch(1);
    private final Clock clock;
    private final long startedAt;
    private final Thread thread;
    private volatile @Nullable Result<T> result;

    private Fork(String name, Clock clock, Callable<T> work) {
        this.clock = clock;
        this.startedAt = clock.nanoTime();
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
    }

    static <T> Fork<T> start(String name, Clock clock, Callable<T> work) {
        Fork<T> fork = new Fork<>(name, clock, work);
        fork.thread.start();
        return fork;
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread ends here: whoever waits is told
    private void run(Callable<T> work) {
        try {
            T value = work.call();
            result = new Result.Done<>(value, clock.nanoTime() - startedAt);
        } catch (Throwable failure) {
            result = new Result.Failed<>(failure, clock.nanoTime() - startedAt);
        } finally {
            done.countDown();
        }
    }

    /** Waits until it is done or the deadline has passed. */
    public Result<T> await(Deadline deadline) {
        try {
            if (done.getCount() > 0) {
                boolean ended = done.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                if (!ended) {
                    return new Result.Late<>(clock.nanoTime() - startedAt);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Late<>(clock.nanoTime() - startedAt);
        }
        return java.util.Objects.requireNonNull(result);
    }

    /**
     * Waits until it is done, whatever interrupts: for work with a bound of its own that must not be cut off. An
     * interrupt that came meanwhile is kept for the caller.
     */
    public T join() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return switch (java.util.Objects.requireNonNull(result)) {
            case Result.Done<T>(T value, long nanos) -> value;
            case Result.Failed<T>(RuntimeException cause, long nanos) -> throw cause;
            case Result.Failed<T>(Throwable cause, long nanos) -> throw new IllegalStateException(cause);
            case Result.Late<T> late -> throw new IllegalStateException("Done and late at once.");
        };
    }

    /** How it stands now, without waiting. */
    public Result<T> poll() {
        Result<T> present = result;
        return present == null ? new Result.Late<>(clock.nanoTime() - startedAt) : present;
    }

    /** Asks it to stop. */
    public void cancel() {
        thread.interrupt();
    }
}
