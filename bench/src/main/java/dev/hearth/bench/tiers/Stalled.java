package dev.hearth.bench.tiers;

import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many calls at a time while a store is stalled, each of which has 200 ms.
 *
 * @param took milliseconds
 * @param late how many took longer than their budget and 25 ms
 * @param named how many said that what is cold was missing
 * @param empty how many recalled nothing at all, and said so
 * @param failed how many gave no answer at all
 */
record Stalled(Samples took, int late, int named, int empty, int failed) {

    private static final Duration BUDGET = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofMillis(25);
    private static final int LIMIT = 10;

    /** One call; what it says is missing. */
    private interface Call {
        List<String> degraded(String relationship, int number);
    }

    static Stalled searches(TierWorld world, List<String> relationships, int calls) {
        return run(
                relationships,
                calls,
                (relationship, number) -> world.hearth()
                        .engine()
                        .memories()
                        .search(relationship, new SearchRequest(SmallTalk.question(number), LIMIT, null, BUDGET))
                        .degraded());
    }

    /** Prompts for a message, whose memories are gathered under the usual budget of 200 ms. */
    static Stalled prompts(TierWorld world, List<String> relationships, int calls) {
        return run(
                relationships,
                calls,
                (relationship, number) -> world.hearth()
                        .engine()
                        .turns()
                        .context(relationship, SmallTalk.question(number))
                        .degraded());
    }

    /** Each relationship is asked one call after the other; all are asked at the same time. */
    private static Stalled run(List<String> relationships, int calls, Call call) {
        Samples took = new Samples();
        AtomicInteger late = new AtomicInteger();
        AtomicInteger named = new AtomicInteger();
        AtomicInteger empty = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        int each = Math.ceilDiv(calls, relationships.size());
        List<Thread> threads = relationships.stream()
                .map(relationship -> Thread.ofVirtual().unstarted(() -> {
                    for (int i = 0; i < each; i++) {
                        long start = System.nanoTime();
                        try {
                            List<String> degraded = call.degraded(relationship, i);
                            named.addAndGet(degraded.contains("recall.cold") ? 1 : 0);
                            empty.addAndGet(degraded.contains("recall") ? 1 : 0);
                        } catch (Problem failure) {
                            int ignored = failed.incrementAndGet();
                        }
                        Duration duration = Duration.ofNanos(System.nanoTime() - start);
                        took.add(duration);
                        late.addAndGet(duration.compareTo(BUDGET.plus(GRACE)) > 0 ? 1 : 0);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The measurement was interrupted.", interrupted);
            }
        }
        return new Stalled(took, late.get(), named.get(), empty.get(), failed.get());
    }
}
