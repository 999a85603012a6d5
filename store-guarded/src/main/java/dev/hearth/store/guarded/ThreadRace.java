package dev.hearth.store.guarded;

import dev.hearth.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A race on a thread for each request. What still runs at the end is interrupted, and ends by its deadline at the latest. */
final class ThreadRace implements Race {

    private static final int MOST = 2;

    private final ExecutorService threads;
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(MOST);
    private final List<Future<?>> begun = new ArrayList<>(MOST);

    ThreadRace(ExecutorService threads) {
        this.threads = threads;
    }

    @Override
    public void begin(Supplier<byte @Nullable []> request) {
        boolean second = !begun.isEmpty();
        try {
            begun.add(threads.submit(() -> answers.add(answer(request, second))));
        } catch (RejectedExecutionException closing) {
            throw new StoreException(StoreException.Kind.CLOSED, "Closed: the cold store.", closing);
        }
    }

    private static Answer answer(Supplier<byte @Nullable []> request, boolean second) {
        try {
            return new Answer.Got(request.get(), second);
        } catch (RuntimeException failure) {
            return new Answer.Failed(failure);
        } catch (Error broken) {
            return new Answer.Failed(new IllegalStateException("A read of the cold store broke off.", broken));
        }
    }

    @Override
    public @Nullable Answer next(long nanos) throws InterruptedException {
        return answers.poll(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        begun.forEach(request -> request.cancel(true));
    }
}
