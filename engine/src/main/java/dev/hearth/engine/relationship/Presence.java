package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.persona.Companions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users who have appeared and said nothing yet: what their first turn reads is loaded meanwhile, so that it finds it in
 * memory. A hint: it changes nothing, and is left out where there is much to do. Safe for many threads.
 */
public final class Presence implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    /** So many are loaded at once; who appears beyond waits for their turn to load them. */
    private static final int MOST = 16;

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Addresses addresses;
    private final Companions companions;
    private final Users users;
    private final Semaphore room = new Semaphore(MOST);
    private volatile boolean closed;

    Presence(Addresses addresses, Companions companions, Users users) {
        this.addresses = addresses;
        this.companions = companions;
        this.users = users;
    }

    /**
     * Has the relationship loaded in a moment, and does not wait: whether there is such a relationship is not looked at.
     *
     * @return false where so many are being loaded that this one is left out
     */
    public boolean appeared(String relationship) {
        if (closed || !room.tryAcquire()) {
            log.debug("A user appeared while {} relationships are being loaded; theirs is left out.", MOST);
            return false;
        }
        Thread ignored = Thread.ofVirtual().name("presence").start(() -> {
            try {
                load(relationship);
            } finally {
                room.release();
            }
        });
        return true;
    }

    private void load(String relationship) {
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            // Read for the caches that they stay in.
            Users.Stored user = users.known(resident.key().partition(), resident.life());
            Companion companion = companions.known(resident.head().companion());
            log.trace("At hand before a turn: user {}, companion {}", user != null, companion.id());
        } catch (RuntimeException failure) {
            log.debug("A relationship was not loaded before its first turn: {}", failure.toString());
        }
    }

    /** Waits until nothing is being loaded; false where that is not so in time. */
    public boolean settled(Duration wait) {
        try {
            boolean all = room.tryAcquire(MOST, wait.toNanos(), TimeUnit.NANOSECONDS);
            if (all) {
                room.release(MOST);
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Loads no more, and waits for what is being loaded. */
    @Override
    public void close() {
        closed = true;
        if (!settled(CLOSING)) {
            log.warn("Relationships are still being loaded after {}.", CLOSING);
        }
    }
}
