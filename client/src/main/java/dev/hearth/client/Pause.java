package dev.hearth.client;

import java.time.Duration;

/** Lets time pass between attempts. */
@FunctionalInterface
interface Pause {

    Pause SLEEP = Thread::sleep;

    void rest(Duration time) throws InterruptedException;

    /** Rests; an interrupt is told as what it is to the caller of a request. */
    default void between(Duration time) {
        try {
            rest(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HearthUnreachable(
                    HearthUnreachable.Reason.INTERRUPTED, "Interrupted while waiting to try again.", e);
        }
    }
}
