package dev.hearth.embed.onnx;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.EmbedderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform threads that compute, and the bounded queue before them.
 *
 * <p>Two lanes: requests of at most {@value #FEW} windows go before all others, so a turn's query waits for at most
 * one running window of an import, however large. Within a lane requests take turns, one window each. What nobody
 * waits for any more is dropped before it is computed.
 *
 * <p>Safe for many threads. Owns the encoder and closes it.
 */
final class EncodingPool implements AutoCloseable {

    /** The most windows of a request in the first lane. */
    static final int FEW = 4;

    private static final Logger LOG = LoggerFactory.getLogger(EncodingPool.class);

    private final Encoder encoder;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Lane interactive;
    private final Lane bulk;
    private int running;
    private boolean closed;

    /** Starts the threads; {@code capacity} windows may wait in each lane. */
    EncodingPool(Encoder encoder, int threadCount, int capacity) {
        this.encoder = encoder;
        interactive = new Lane("interactive", capacity);
        bulk = new Lane("bulk", capacity);
        for (int number = 1; number <= threadCount; number++) {
            threads.add(
                    Thread.ofPlatform().daemon().name("hearth-embed-" + number).unstarted(this::work));
        }
        threads.forEach(Thread::start);
    }

    /** Vectors of the windows, in order; waits until the deadline. */
    float[][] encode(int[][] windows, Deadline deadline) {
        PendingTexts request = new PendingTexts(windows, deadline);
        admit(request);
        try {
            return request.await();
        } finally {
            leave(request);
        }
    }

    private void admit(PendingTexts request) {
        lock.lock();
        try {
            if (closed) {
                throw closedException();
            }
            laneOf(request).admit(request);
            if (request.size() == 1) {
                work.signal();
            } else {
                work.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(PendingTexts request) {
        request.fail(new EmbedderException("nobody waits for these vectors", null));
        lock.lock();
        try {
            laneOf(request).remove(request);
        } finally {
            lock.unlock();
        }
    }

    private Lane laneOf(PendingTexts request) {
        return request.size() <= FEW ? interactive : bulk;
    }

    private void work() {
        for (Task task = take(); task != null; task = take()) {
            PendingTexts request = task.window().request();
            int[] tokens = request.window(task.window().index());
            try {
                request.complete(task.window().index(), encoder.encode(tokens, task.alone()));
            } catch (Exception | LinkageError e) {
                LOG.warn("a window of {} tokens was not computed", tokens.length, e);
                request.fail(new EmbedderException("the model failed: " + e.getMessage(), e));
            } finally {
                ended();
            }
        }
    }

    private @Nullable Task take() {
        lock.lock();
        try {
            while (!closed) {
                Lane.Window window = interactive.poll();
                if (window == null) {
                    window = bulk.poll();
                }
                if (window != null) {
                    boolean alone = running++ == 0 && interactive.isEmpty() && bulk.isEmpty();
                    return new Task(window, alone);
                }
                work.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
        }
    }

    /** Fails every waiting caller, lets the running windows end, closes the encoder. Again: does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            interactive.fail(closedException());
            bulk.fail(closedException());
            work.signalAll();
        } finally {
            lock.unlock();
        }
        threads.forEach(EncodingPool::join);
        encoder.close();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbedderException closedException() {
        return new EmbedderException("the embedder is closed", null);
    }

    private record Task(Lane.Window window, boolean alone) {}
}
