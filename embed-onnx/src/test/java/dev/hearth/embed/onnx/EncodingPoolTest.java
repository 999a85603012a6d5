package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.EmbedderException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EncodingPoolTest {

    private final HeldEncoder encoder = new HeldEncoder();
    private final EncodingPool pool = new EncodingPool(encoder, 1, 10);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        encoder.permits.release(1_000_000);
        pool.close();
        callers.shutdownNow();
    }

    @Test
    void answersInOrderThoughItComputesLongestFirst() throws Exception {
        encoder.permits.release(3);
        float[][] vectors = pool.encode(new int[][] {{0, 1, 0}, {0, 2, 0, 0}, {0, 3, 0, 0, 0}}, soon());
        assertThat(vectors).isDeepEqualTo(new float[][] {{1}, {2}, {3}});
        assertThat(encoder.computed).containsExactly(3, 2, 1);
    }

    @Test
    void aQueryGoesBeforeTheRestOfAnImport() throws Exception {
        Future<float[][]> bulk = submit(soon(), 10, 11, 12, 13, 14, 15, 16, 17);
        encoder.entered.acquire();
        Future<float[][]> query = submit(soon(), 1);
        awaitQueued(query);
        encoder.permits.release(2);
        assertThat(query.get()).isDeepEqualTo(new float[][] {{1}});
        assertThat(encoder.computed.subList(0, 2)).containsExactly(10, 1);
        assertThat(encoder.alone.getFirst()).isFalse();
        encoder.permits.release(7);
        assertThat(bulk.get().length).isEqualTo(8);
    }

    @Test
    void importsTakeTurns() throws Exception {
        Future<float[][]> first = submit(soon(), 10, 11, 12, 13, 14);
        encoder.entered.acquire();
        Future<float[][]> second = submit(soon(), 20, 21, 22, 23, 24);
        awaitQueued(second);
        encoder.permits.release(10);
        first.get();
        second.get();
        assertThat(encoder.computed.subList(0, 4)).containsExactly(10, 11, 20, 12);
    }

    @Test
    void aCallerWaitsOnlyUntilItsDeadline() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> pool.encode(windows(1, 2), Deadline.after(Clock.system(), Duration.ofMillis(50))))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("deadline");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void whatNobodyWaitsForIsNotComputed() throws Exception {
        Future<float[][]> running = submit(soon(), 1);
        encoder.entered.acquire();
        Future<float[][]> late = submit(Deadline.after(Clock.system(), Duration.ofMillis(30)), 2);
        assertThatThrownBy(late::get).hasCauseInstanceOf(EmbedderException.class);
        encoder.permits.release(2);
        running.get();
        pool.encode(windows(3), soon());
        assertThat(encoder.computed).containsExactly(1, 3);
    }

    @Test
    void aFullLaneRefusesAndTheOtherDoesNot() throws Exception {
        Future<float[][]> running = submit(soon(), 1);
        encoder.entered.acquire();
        int[] many = IntStream.range(100, 120).toArray();
        Future<float[][]> whole = submit(soon(), many);
        awaitQueued(whole);
        assertThatThrownBy(() -> pool.encode(windows(2, 3, 4, 5, 6), soon()))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("overloaded");
        Future<float[][]> query = submit(soon(), 7);
        encoder.permits.release(22);
        assertThat(query.get()).isDeepEqualTo(new float[][] {{7}});
        running.get();
        assertThat(whole.get().length).isEqualTo(20);
    }

    @Test
    void aFailingWindowFailsItsRequestAndNoOther() throws Exception {
        encoder.permits.release(2);
        assertThatThrownBy(() -> pool.encode(windows(-1), soon()))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("broken on purpose");
        assertThat(pool.encode(windows(5), soon())).isDeepEqualTo(new float[][] {{5}});
    }

    @Test
    void aLoneWindowIsToldSo() {
        encoder.permits.release(1);
        pool.encode(windows(5), soon());
        assertThat(encoder.alone).containsExactly(true);
    }

    @Test
    void anInterruptedCallerLeavesAndStaysInterrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                pool.encode(windows(1), soon());
                interrupted.complete(false);
            } catch (EmbedderException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        encoder.entered.acquire();
        caller.interrupt();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void closingFailsWhoWaitsAndWhoComesLater() throws Exception {
        Future<float[][]> running = submit(soon(), 1);
        encoder.entered.acquire();
        Future<float[][]> waiting = submit(soon(), 2, 3);
        awaitQueued(waiting);
        Future<?> closing = callers.submit(pool::close);
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("closed");
        assertThat(encoder.closed).isFalse();
        encoder.permits.release(1);
        running.get();
        closing.get();
        assertThat(encoder.closed).isTrue();
        assertThatThrownBy(() -> pool.encode(windows(4), soon())).hasMessageContaining("closed");
        pool.close();
    }

    private Future<float[][]> submit(Deadline deadline, int... marks) {
        return callers.submit(() -> pool.encode(windows(marks), deadline));
    }

    /** The one thread is held, so a request that was given 100 ms has reached the queue. */
    private static void awaitQueued(Future<float[][]> request) throws InterruptedException {
        Thread.sleep(100);
        assertThat(request.isDone()).isFalse();
    }

    private static int[][] windows(int... marks) {
        return IntStream.of(marks).mapToObj(mark -> new int[] {0, mark, 0}).toArray(int[][]::new);
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(20));
    }
}
