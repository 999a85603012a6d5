package dev.hearth.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a stalled call, or a held write, waits; a test sees that it has arrived and lets it go on. */
public final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Waits, at most 10 seconds, until somebody stands at the gate. */
    public void awaitArrival() throws InterruptedException {
        if (!arrived.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody came to the gate within 10 seconds.");
        }
    }

    /** Lets everybody pass, now and later. */
    public void open() {
        open.countDown();
    }

    void arrive() {
        arrived.countDown();
    }

    boolean passable(long wait, TimeUnit unit) throws InterruptedException {
        return open.await(wait, unit);
    }
}
