package dev.hearth.server.api;

import dev.hearth.engine.event.Following;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The event feeds that are open, bounded; closing this ends them all. Safe for many threads. */
public final class Feeds implements AutoCloseable {

    /** How often a silent feed is heard of: often enough for proxies, and for what another server wrote. */
    public static final Duration BEAT = Duration.ofSeconds(15);

    private static final int MOST = 10_000;

    private final int total;
    private final Semaphore free;
    private final Set<Following> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Feeds() {
        this(MOST);
    }

    Feeds(int total) {
        this.total = total;
        this.free = new Semaphore(total);
    }

    /** One open feed; closing it makes room. */
    final class Feed implements AutoCloseable {
        private final Following following;

        private Feed(Following following) {
            this.following = following;
        }

        Following following() {
            return following;
        }

        @Override
        public void close() {
            following.close();
            open.remove(following);
            free.release();
        }
    }

    /** Opens a feed. The problem is {@code overloaded} where there is no room. */
    Feed open(Supplier<Following> opening) {
        if (!free.tryAcquire()) {
            throw new Problem(
                    Code.OVERLOADED,
                    "The server has " + total + " event feeds open, the most it holds at once. Try again in a moment.");
        }
        Following following;
        try {
            following = opening.get();
        } catch (RuntimeException refused) {
            free.release();
            throw refused;
        }
        open.add(following);
        if (closed) {
            following.close();
        }
        return new Feed(following);
    }

    public int count() {
        return total - free.availablePermits();
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Following::close);
    }
}
