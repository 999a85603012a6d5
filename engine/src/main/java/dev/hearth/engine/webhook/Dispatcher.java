package dev.hearth.engine.webhook;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps webhooks told: one thread makes deliveries and starts what is due, each attempt on a virtual thread of its own.
 * At most 16 attempts at once, at most 4 of one webhook, so that one that hangs does not hold up the others.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int AT_ONCE = 16;
    private static final int AT_ONCE_EACH = 4;
    private static final int MADE_AT_ONCE = 64;
    private static final long TICK_MILLIS = 250;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration TIDY = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Sender sender;
    private final Clock clock;
    private final Bell bell;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    /** From when on a webhook's queue is worth a look; where it has no entry, now. */
    private final Map<String, Instant> worthALook = new HashMap<>();

    private final Map<String, Set<String>> inFlight = new HashMap<>();
    private final Set<Thread> attempts = new HashSet<>();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private boolean walked;
    private int round;
    private @Nullable Instant tidied;

    /** Wakes the dispatcher. */
    static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private final Set<String> changed = new HashSet<>();
        private boolean ringing;

        void ring() {
            lock.lock();
            try {
                ringing = true;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Rings since a webhook's queue changed. */
        void ring(String webhook) {
            lock.lock();
            try {
                changed.add(webhook);
                ring();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for a ring, at most so long; answers the webhooks whose queues changed. */
        private List<String> await(long millis) throws InterruptedException {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            lock.lockInterruptibly();
            try {
                while (!ringing && left > 0) {
                    left = rung.awaitNanos(left);
                }
                ringing = false;
                List<String> queues = List.copyOf(changed);
                changed.clear();
                return queues;
            } finally {
                lock.unlock();
            }
        }
    }

    Dispatcher(Outbox outbox, Webhooks webhooks, Deliveries deliveries, Sender sender, Clock clock, Bell bell) {
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
        this.clock = clock;
        this.bell = bell;
    }

    void start() {
        thread = Thread.ofVirtual().name("webhooks").start(this::run);
    }

    private void run() {
        long wait = 0;
        while (!closed) {
            try {
                List<String> changed = bell.await(wait);
                lock.lock();
                try {
                    changed.forEach(worthALook::remove);
                } finally {
                    lock.unlock();
                }
                wait = make() ? 0 : TICK_MILLIS;
                startDue();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                wait = AFTER_FAILURE.toMillis();
                if (!closed) {
                    log.warn("Webhooks wait: {}", failure.toString());
                }
            }
        }
    }

    /** Makes deliveries of what is ready; whether there is more. */
    private boolean make() {
        if (!walked || outbox.overflowed()) {
            walked = false;
            outbox.walk(outbox::offer);
            walked = true;
        }
        Instant now = clock.now();
        if (tidied == null || !now.isBefore(tidied.plus(TIDY))) {
            tidied = now;
            outbox.tidy();
        }
        for (int made = 0; made < MADE_AT_ONCE; made++) {
            RelationshipKey key = outbox.poll();
            if (key == null) {
                return false;
            }
            try {
                outbox.advance(key);
            } catch (RuntimeException failure) {
                outbox.offer(key);
                throw failure;
            }
        }
        return true;
    }

    private void startDue() {
        List<Webhooks.Signed> active = new ArrayList<>(webhooks.active());
        // Not always in the same order: the last must not starve where the first ones take all the room.
        Collections.rotate(active, round++);
        lock.lock();
        try {
            worthALook
                    .keySet()
                    .retainAll(active.stream()
                            .map(webhook -> webhook.webhook().id())
                            .toList());
        } finally {
            lock.unlock();
        }
        for (Webhooks.Signed webhook : active) {
            startDue(webhook);
        }
    }

    private void startDue(Webhooks.Signed webhook) {
        String id = webhook.webhook().id();
        Instant now = clock.now();
        lock.lock();
        try {
            Set<String> flying = inFlight.getOrDefault(id, Set.of());
            Instant from = worthALook.get(id);
            if ((from != null && now.isBefore(from)) || flying.size() >= AT_ONCE_EACH) {
                return;
            }
            List<Deliveries.Due> queue = deliveries.queue(id, 2 * AT_ONCE_EACH);
            for (Deliveries.Due due : queue) {
                if (flying.contains(due.deliveryId())) {
                    continue;
                }
                if (due.at().isAfter(now)) {
                    worthALook.put(id, due.at());
                    return;
                }
                if (flying.size() >= AT_ONCE_EACH || attempts.size() >= AT_ONCE || closed) {
                    return;
                }
                flying = inFlight.computeIfAbsent(id, any -> new HashSet<>());
                flying.add(due.deliveryId());
                Thread attempt = Thread.ofVirtual().name("webhook").unstarted(() -> attempt(webhook, due));
                attempts.add(attempt);
                attempt.start();
            }
            if (queue.size() < 2 * AT_ONCE_EACH) {
                worthALook.put(id, Instant.MAX);
            }
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Webhooks.Signed webhook, Deliveries.Due due) {
        String id = webhook.webhook().id();
        @Nullable Instant again = null;
        try {
            sender.send(webhook, due);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // What came of it could not be stored, or the event not be read: it is still due.
            again = clock.now().plus(AFTER_FAILURE);
            if (!closed) {
                log.warn(
                        "A delivery of webhook {} waits: {}",
                        id,
                        failure instanceof Problem problem ? problem.detail() : failure.toString());
            }
        } finally {
            ended(id, due, again);
        }
    }

    private void ended(String webhook, Deliveries.Due due, @Nullable Instant again) {
        lock.lock();
        try {
            Set<String> flying = inFlight.get(webhook);
            if (flying != null && flying.remove(due.deliveryId()) && flying.isEmpty()) {
                inFlight.remove(webhook);
            }
            attempts.remove(Thread.currentThread());
            if (again == null) {
                worthALook.remove(webhook);
            } else {
                worthALook.put(webhook, again);
            }
        } finally {
            lock.unlock();
        }
        bell.ring();
    }

    /** Ends: what is in flight is cut off, and tried again by whoever opens the engine next. */
    @Override
    public void close() {
        List<Thread> running = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            running.addAll(attempts);
            if (thread != null) {
                running.add(thread);
            }
        } finally {
            lock.unlock();
        }
        bell.ring();
        running.forEach(Thread::interrupt);
        try {
            for (Thread ending : running) {
                ending.join(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
