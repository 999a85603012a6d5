package dev.hearth.client;

import dev.hearth.client.HearthUnreachable.Reason;
import dev.hearth.client.data.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of a relationship, without end: {@link #hasNext} blocks until the next one, and is false only behind a
 * {@link #close}. A lost connection is made again behind the last event; before the first event of a feed that was begun
 * without a place, what happens in between is lost. Where no connection can be made for five minutes, or the server refuses,
 * it throws.
 *
 * <p>For one thread. {@link #close} may be called by any thread.
 */
public final class EventFeed implements Iterator<FeedEvent>, AutoCloseable {

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

    private final Transport transport;
    private final Call call;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String position;
    private @Nullable FeedEvent ahead;
    private @Nullable ServerSentEvents connection;
    private boolean closed;
    private int failures;
    private Duration absence = Duration.ZERO;

    EventFeed(Transport transport, Call call, @Nullable String position) {
        this.transport = transport;
        this.call = call;
        this.position = position;
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && !closed()) {
            ahead = read();
        }
        return ahead != null;
    }

    @Override
    public FeedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The feed is closed.");
        }
        FeedEvent event = Objects.requireNonNull(ahead);
        ahead = null;
        return event;
    }

    /** The next event; null where there is none yet. */
    private @Nullable FeedEvent read() {
        try {
            ServerSentEvents open = connected();
            ServerSentEvents.Sent sent = open == null ? null : open.next();
            if (sent != null) {
                failures = 0;
                absence = Duration.ZERO;
                return understood(sent);
            }
            lost(null, null);
        } catch (IOException e) {
            lost(new HearthUnreachable(Reason.BROKEN, "The feed broke off.", e), null);
        } catch (HearthUnreachable e) {
            if (e.reason() == Reason.INTERRUPTED) {
                throw e;
            }
            lost(e, null);
        } catch (HearthException e) {
            if (!e.passing()) {
                throw e;
            }
            lost(e, e.retryAfter());
        }
        return null;
    }

    private @Nullable ServerSentEvents connected() {
        ServerSentEvents open = current();
        if (open != null || closed()) {
            return open;
        }
        ServerSentEvents made = new ServerSentEvents(transport.openOnce(call.with("Last-Event-ID", position)));
        lock.lock();
        try {
            connection = made;
            if (closed) {
                made.close();
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FeedEvent understood(ServerSentEvents.Sent sent) {
        if (sent.name().equals("events.missed")) {
            return new FeedEvent.Missed();
        }
        if (sent.id() == null) {
            return null;
        }
        position = sent.id();
        if (sent.data().isEmpty()) {
            return null;
        }
        return new FeedEvent.Happened(sent.id(), Json.read(sent.data(), Event.class));
    }

    /** Lets go of the connection and waits before the next; gives up where there has been none for too long. */
    private void lost(@Nullable RuntimeException why, @Nullable Duration asked) {
        ServerSentEvents gone = current();
        if (closed()) {
            return;
        }
        if (gone != null) {
            if (gone.begun()) {
                failures = 0;
                absence = Duration.ZERO;
            }
            gone.close();
            forget();
        }
        failures++;
        Duration wait = transport.attempts().delay(failures, asked);
        absence = absence.plus(wait);
        if (absence.compareTo(LONGEST_ABSENCE) > 0) {
            throw why == null
                    ? new HearthUnreachable(Reason.BROKEN, "The server ends the feed again and again.", null)
                    : why;
        }
        transport.attempts().pause().between(wait);
    }

    private @Nullable ServerSentEvents current() {
        lock.lock();
        try {
            return connection;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        lock.lock();
        try {
            connection = null;
        } finally {
            lock.unlock();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
