package dev.hearth.engine.relationship;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One at a time through a relationship, in the order of coming. Of turns one may wait; a further one is refused. */
final class Turnstile {

    private final Semaphore permit = new Semaphore(1, true);
    private volatile boolean turn;
    private final AtomicInteger waitingTurns = new AtomicInteger();

    /** Enters for a turn. */
    void enterTurn(Deadline deadline) {
        if (tryEnter()) {
            turn = true;
            return;
        }
        if (waitingTurns.incrementAndGet() > 1) {
            waitingTurns.decrementAndGet();
            throw inProgress();
        }
        try {
            enter(deadline);
            turn = true;
        } finally {
            waitingTurns.decrementAndGet();
        }
    }

    /** Whether a turn is inside. */
    boolean hasTurn() {
        return turn;
    }

    /** Takes the permit if it is free and nobody waits for it; the untimed tryAcquire() would overtake who waits. */
    boolean tryEnter() {
        try {
            return permit.tryAcquire(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Enters for something else than a turn. */
    void enter(Deadline deadline) {
        try {
            if (!permit.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw inProgress();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Code.OVERLOADED, "The server is stopping; send it again in a moment.", e);
        }
    }

    void leave() {
        turn = false;
        permit.release();
    }

    private static Problem inProgress() {
        return new Problem(
                Code.TURN_IN_PROGRESS,
                "This relationship is busy with another turn. Turns are taken one after the other: send the next when"
                        + " the present one has been answered.");
    }
}
