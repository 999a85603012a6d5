package dev.hearth.llm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A response's body, pulled piece by piece by one thread that gives up in time. No more than two pieces are in memory:
 * the next one is asked for when one is taken.
 */
final class ResponseBody implements Flow.Subscriber<List<ByteBuffer>> {

    private sealed interface Signal {
        record Piece(List<ByteBuffer> buffers) implements Signal {}

        record Failure(Throwable cause) implements Signal {}

        record End() implements Signal {}
    }

    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(4);
    private Flow.@Nullable Subscription subscription;
    private boolean abandoned;
    private boolean draining;
    private boolean over;

    /**
     * The next piece, or null at the end.
     *
     * @throws TimeoutException where nothing came within {@code nanos}
     * @throws IOException where the connection broke
     */
    @Nullable
    List<ByteBuffer> next(long nanos) throws InterruptedException, TimeoutException, IOException {
        Signal signal = signals.poll(nanos, TimeUnit.NANOSECONDS);
        return switch (signal) {
            case null -> throw new TimeoutException();
            case Signal.Piece(List<ByteBuffer> buffers) -> {
                ask(1);
                yield buffers;
            }
            case Signal.Failure(Throwable cause) -> throw new IOException("the connection broke", cause);
            case Signal.End() -> null;
        };
    }

    /** Closes the connection, unless the response has ended already. */
    synchronized void abandon() {
        abandoned = true;
        if (subscription != null && !over) {
            subscription.cancel();
        }
    }

    /**
     * Reads the few bytes that follow a finished reply without anybody waiting for them, so that the connection can
     * serve again; a server that keeps it open regardless loses it after a second.
     */
    synchronized void release() {
        if (over) {
            return;
        }
        draining = true;
        signals.clear();
        ask(Long.MAX_VALUE);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(this::abandon);
    }

    private synchronized void ask(long pieces) {
        if (subscription != null && !abandoned) {
            subscription.request(pieces);
        }
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscribed) {
        subscription = subscribed;
        if (abandoned) {
            subscribed.cancel();
        } else {
            subscribed.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signal(new Signal.Piece(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        signal(new Signal.Failure(cause));
    }

    @Override
    public void onComplete() {
        signal(new Signal.End());
    }

    private synchronized void signal(Signal signal) {
        if (!(signal instanceof Signal.Piece)) {
            over = true;
        }
        if (!draining) {
            signals.add(signal);
        }
    }
}
