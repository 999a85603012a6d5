package dev.hearth.server.api;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many turns may be in flight at once; more are turned away at once instead of slowing everybody down. */
public final class TurnSlots {

    private final int total;
    private final Semaphore free;
    private volatile boolean draining;

    public TurnSlots(int total) {
        this.total = total;
        this.free = new Semaphore(total);
    }

    /** A place for one turn; closing it makes room. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a slot. The problem is {@code overloaded} where there is none. */
    public Slot take() {
        if (draining) {
            throw new Problem(
                    Code.OVERLOADED, "The server is shutting down and takes no new turn. Try again in a moment.");
        }
        if (!free.tryAcquire()) {
            throw new Problem(
                    Code.OVERLOADED,
                    "The server has " + total + " turns in flight, the most it takes at once. Try again in a moment.");
        }
        return free::release;
    }

    public int inFlight() {
        return total - free.availablePermits();
    }

    public boolean draining() {
        return draining;
    }

    /** Takes no further turn and waits for those in flight; false where some were not done in time. */
    public boolean drain(Duration patience) throws InterruptedException {
        draining = true;
        return free.tryAcquire(total, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
