package dev.hearth.store.guarded;

import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker (M. Nygard, "Release It!", 2007). It opens where {@value #LEAST_FAILURES} calls at least, and half of
 * all, failed within {@value Window#SECONDS} seconds. After a pause of one to two seconds, at random so that servers do
 * not ask together, one call is let through to try; it closes the breaker or begins another pause. Says in the log when it
 * opens and when it closes. Safe for many threads.
 */
public final class Breaker {

    static final int LEAST_FAILURES = 5;
    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /** What a call that was let through told of its store. */
    enum Ending {
        ANSWERED,
        FAILED,
        /** Nothing, as where its deadline was too short for any store. */
        UNDECIDED
    }

    /**
     * That a call was let through.
     *
     * @param era the breaker's state it was let through in; what ends in another era is not counted
     */
    record Admission(long era) {}

    private static final Admission UNCOUNTED = new Admission(-1);

    private final String store;
    private final String who;
    private final Clock clock;
    private final RandomGenerator random;
    private final Window window = new Window();
    private BreakerState state = BreakerState.CLOSED;
    private long era;
    private boolean trying;
    private long pauseEnds;
    private long openedAt;
    private long opened;
    private long refused;

    /**
     * @param store the store, as a figure names it
     * @param who the store, as a message begins with it
     */
    Breaker(String store, String who, Clock clock, RandomGenerator random) {
        this.store = store;
        this.who = who;
        this.clock = clock;
        this.random = random;
    }

    /** Lets a call through, or answers null: then the store is not to be asked. What is let through must be {@link #ended}. */
    synchronized @Nullable Admission admit() {
        if (state == BreakerState.OPEN && clock.nanoTime() - pauseEnds >= 0) {
            become(BreakerState.HALF_OPEN);
        }
        boolean admitted = state == BreakerState.CLOSED || (state == BreakerState.HALF_OPEN && !trying);
        if (!admitted) {
            refused++;
            return null;
        }
        trying = state == BreakerState.HALF_OPEN;
        return new Admission(era);
    }

    /** Lets a call through whatever the state; it counts only where it would have been let through anyway. */
    synchronized Admission admitAlways() {
        return state == BreakerState.CLOSED ? new Admission(era) : UNCOUNTED;
    }

    /** @param how what the store said at last, for the log */
    synchronized void ended(Admission admission, Ending ending, String how) {
        if (admission.era() != era) {
            return;
        }
        switch (state) {
            case CLOSED -> count(ending, how);
            case HALF_OPEN -> tried(ending);
            case OPEN -> throw new IllegalStateException("Nothing is let through while the breaker is open.");
        }
    }

    private void count(Ending ending, String how) {
        if (ending == Ending.UNDECIDED) {
            return;
        }
        long now = clock.nanoTime();
        window.add(now, ending == Ending.FAILED);
        int failures = window.failures(now);
        if (ending == Ending.FAILED && failures >= LEAST_FAILURES && failures * 2 >= window.calls(now)) {
            LOG.warn(
                    "{} failed {} of {} calls within {} seconds. It is asked no more but for a try every second or two,"
                            + " until it answers. At last: {}",
                    who,
                    failures,
                    window.calls(now),
                    Window.SECONDS,
                    how);
            opened++;
            openedAt = now;
            pause();
        }
    }

    private void tried(Ending ending) {
        trying = false;
        switch (ending) {
            case ANSWERED -> {
                window.clear();
                become(BreakerState.CLOSED);
                LOG.info(
                        "{} answers again after {} ms.",
                        who,
                        Duration.ofNanos(clock.nanoTime() - openedAt).toMillis());
            }
            case FAILED -> pause();
            case UNDECIDED -> {}
        }
    }

    private void pause() {
        become(BreakerState.OPEN);
        pauseEnds = clock.nanoTime() + random.nextLong(SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos() + 1);
    }

    private void become(BreakerState next) {
        state = next;
        era++;
        trying = false;
    }

    /** {@code hot}, {@code leases}, {@code warm} or {@code cold}. */
    public String store() {
        return store;
    }

    /** Reading it changes nothing: a pause that is over is open until somebody asks. */
    public synchronized BreakerState state() {
        return state;
    }

    /** How often it has opened; tries that failed do not count again. */
    public synchronized long opened() {
        return opened;
    }

    /** How many calls it has not let through. */
    public synchronized long refused() {
        return refused;
    }
}
