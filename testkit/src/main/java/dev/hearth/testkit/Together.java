package dev.hearth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs the same thing on several virtual threads that begin together. */
final class Together {

    private static final int MOST_SECONDS = 60;

    private Together() {}

    /** What each of {@code threads} answered, in their order; fails where one failed or takes over a minute. */
    static <T> List<T> run(int threads, IntFunction<Callable<T>> what) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<T> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> one = what.apply(i);
                running.add(executor.submit(() -> {
                    start.await(MOST_SECONDS, TimeUnit.SECONDS);
                    return one.call();
                }));
            }
            for (Future<T> future : running) {
                answers.add(future.get(MOST_SECONDS, TimeUnit.SECONDS));
            }
        }
        return answers;
    }
}
