package dev.hearth.embed.onnx;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.EmbedderException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What one caller waits for: windows in, vectors out. {@link #taken} is guarded by the pool's lock; vectors are
 * written by the pool's threads, one slot each, and published by {@link #done}.
 */
final class PendingTexts {

    /** A deadline may be on a clock that somebody moves by hand, so a waiter looks at it again this often. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int[][] windows;
    private final float[][] vectors;
    private final int[] order;
    private final Deadline deadline;
    private final AtomicInteger left;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private int taken;

    PendingTexts(int[][] windows, Deadline deadline) {
        this.windows = windows;
        this.deadline = deadline;
        vectors = new float[windows.length][];
        left = new AtomicInteger(windows.length);
        // Longest first: then the threads finish a request at about the same time.
        order = IntStream.range(0, windows.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer index) -> windows[index].length)
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int size() {
        return windows.length;
    }

    int untaken() {
        return windows.length - taken;
    }

    /** The next window to compute; call only where {@link #untaken} is positive. */
    int next() {
        return order[taken++];
    }

    int[] window(int index) {
        return windows[index];
    }

    /** Whether nobody waits any more: answered, failed, given up or too late. */
    boolean abandoned() {
        return done.isDone() || deadline.expired();
    }

    void complete(int index, float[] vector) {
        vectors[index] = vector;
        if (left.decrementAndGet() == 0) {
            done.complete(true);
        }
    }

    void fail(EmbedderException failure) {
        done.completeExceptionally(failure);
    }

    /** Waits for all vectors, in the order of the windows. */
    float[][] await() {
        while (true) {
            try {
                done.get(Math.min(deadline.remainingNanos(), LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
                return Arrays.copyOf(vectors, vectors.length);
            } catch (TimeoutException e) {
                if (deadline.expired()) {
                    throw new EmbedderException(
                            "the deadline passed with " + left.get() + " of " + windows.length
                                    + " windows not computed",
                            null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbedderException("the caller was interrupted while waiting for vectors", e);
            } catch (ExecutionException e) {
                throw new EmbedderException(String.valueOf(done.exceptionNow().getMessage()), e);
            }
        }
    }
}
