package dev.hearth.store.guarded;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets reads of a cold store stall until they are interrupted. */
final class StallingReads {

    private static final int MOST_SECONDS = 30;

    private final Queue<Stall> due = new ConcurrentLinkedQueue<>();

    /** One stall, and what became of the read in it. */
    static final class Stall {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        void awaitArrival() throws InterruptedException {
            await(arrived);
        }

        /** Waits until the read has been interrupted and is about to end. */
        void awaitInterrupt() throws InterruptedException {
            await(interrupted);
        }

        private static void await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not happen within " + MOST_SECONDS + " seconds.");
            }
        }

        private void stall() {
            arrived.countDown();
            try {
                boolean ignored = new CountDownLatch(1).await(MOST_SECONDS, TimeUnit.SECONDS);
                throw new AssertionError("A read stalled for " + MOST_SECONDS + " seconds and was not ended.");
            } catch (InterruptedException ended) {
                interrupted.countDown();
                throw new StoreException(Kind.UNAVAILABLE, "The read was interrupted.", ended);
            }
        }
    }

    /** The next read stalls that meets no earlier one of these. */
    Stall next() {
        Stall stall = new Stall();
        due.add(stall);
        return stall;
    }

    ColdStore before(ColdStore store) {
        return (ColdStore) Proxy.newProxyInstance(
                ColdStore.class.getClassLoader(), new Class<?>[] {ColdStore.class}, (proxy, method, given) -> {
                    Stall stall = method.getName().equals("get") ? due.poll() : null;
                    if (stall != null) {
                        stall.stall();
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
