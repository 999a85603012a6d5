package dev.hearth.engine.relationship;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks after relationships, one by one, when somebody is done with them and something is due. It holds none
 * in memory. What finds no room in the queue is looked after when it is next used.
 */
final class Worker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int QUEUE = 1_000;
    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String name;
    private final Predicate<Resident> due;
    private final Consumer<Resident> work;
    private final Runnable between;
    private final BlockingQueue<WeakReference<Resident>> queue = new ArrayBlockingQueue<>(QUEUE);
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the thread, and in the log
     * @param due whether there is something to do for a relationship; asked before it waits and once more behind that
     * @param work throws nothing
     * @param between done behind each relationship, and every few minutes where there is none; throws nothing
     */
    Worker(String name, Predicate<Resident> due, Consumer<Resident> work, Runnable between) {
        this.name = name;
        this.due = due;
        this.work = work;
        this.between = between;
    }

    void start(Residents residents) {
        thread = Thread.ofVirtual().name(name).start(this::run);
        residents.whenLeft(resident -> {
            if (due.test(resident) && !queue.offer(new WeakReference<>(resident))) {
                log.debug("The queue of {} is full; a relationship is looked after when next used.", name);
            }
        });
    }

    /** Whether nothing is to be begun any more. */
    boolean closed() {
        return closed;
    }

    private void run() {
        try {
            while (!closed) {
                WeakReference<Resident> next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                Resident resident = next == null ? null : next.get();
                if (resident != null && due.test(resident)) {
                    work.accept(resident);
                }
                between.run();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it; what is under way is waited for, a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(CLOSING)) {
                log.warn("The thread of {} did not end within {}.", name, CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
