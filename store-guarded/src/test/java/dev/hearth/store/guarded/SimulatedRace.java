package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A race on a manual clock: each request takes as long as is drawn for it, and waiting lets that time pass. */
final class SimulatedRace implements Race {

    /** @param ends when it is answered, on the clock's monotonic reading */
    record Request(long begins, long ends, Answer answer) {}

    private final ManualClock clock;
    private final LongSupplier latencies;
    private final List<Request> begun = new ArrayList<>();
    private final List<Request> running = new ArrayList<>();
    private boolean closed;

    SimulatedRace(ManualClock clock, LongSupplier latencies) {
        this.clock = clock;
        this.latencies = latencies;
    }

    @Override
    public void begin(Supplier<byte @Nullable []> request) {
        Answer answer;
        try {
            answer = new Answer.Got(request.get(), !begun.isEmpty());
        } catch (RuntimeException failure) {
            answer = new Answer.Failed(failure);
        }
        Request one = new Request(clock.nanoTime(), clock.nanoTime() + latencies.getAsLong(), answer);
        begun.add(one);
        running.add(one);
    }

    @Override
    public @Nullable Answer next(long nanos) {
        Request first =
                running.stream().min(Comparator.comparingLong(Request::ends)).orElse(null);
        if (first == null || first.ends() - clock.nanoTime() > nanos) {
            clock.advance(Duration.ofNanos(nanos));
            return null;
        }
        clock.advance(Duration.ofNanos(Math.max(0, first.ends() - clock.nanoTime())));
        running.remove(first);
        return first.answer();
    }

    @Override
    public void close() {
        assertThat(closed).isFalse();
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    List<Request> begun() {
        return begun;
    }
}
