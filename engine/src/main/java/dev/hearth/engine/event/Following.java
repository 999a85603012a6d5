package dev.hearth.engine.event;

import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.Relationships;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One follower of a relationship's events: none comes twice, and none is left out while it is kept. For one thread;
 * {@link #close} may come from another and ends the wait.
 */
public final class Following implements AutoCloseable {

    private static final int RUN = 100;

    private final EventLog log;
    private final News news;
    private final Addresses.Located located;
    private final News.Topic topic;
    private long last;
    private final AtomicBoolean closed = new AtomicBoolean();

    Following(EventLog log, News news, Addresses.Located located, long last) {
        this.log = log;
        this.news = news;
        this.located = located;
        this.last = last;
        this.topic = news.join(located.key());
    }

    /** What came of waiting. */
    public sealed interface Heard {
        /** Events, at most 100; or that some were missed, or both. */
        record News(Events.Run run) implements Heard {}

        /** Nothing happened for as long as was waited. */
        record Silence() implements Heard {}

        /** The relationship is gone, or the following was closed. */
        record Ended() implements Heard {}
    }

    /** The relationship's id, whatever it was asked for as. */
    public String relationship() {
        return Relationships.view(located.key(), located.head()).id();
    }

    /** The number of the last event that was heard, or that the following began behind. */
    public long position() {
        return last;
    }

    /**
     * The next events, waiting for them for at most {@code patience}. The store is asked again at the end of the wait:
     * another process may have written.
     */
    public Heard next(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        while (true) {
            long seen = topic.count();
            Heard heard = ask();
            if (!(heard instanceof Heard.Silence) || left <= 0) {
                return heard;
            }
            // What was told may have been read before it was told: then there is nothing new, and more time to wait.
            left = topic.await(seen, left);
        }
    }

    private Heard ask() {
        Head head = closed.get() ? null : log.head(located.key());
        // Deleted, erased, or erased and come back: the ordinal is another relationship's by then.
        if (head == null || !head.id().equals(located.head().id())) {
            return new Heard.Ended();
        }
        Events.Run run = Events.run(log, located, head, last, RUN);
        last = run.last();
        return run.events().isEmpty() && !run.missed() ? new Heard.Silence() : new Heard.News(run);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            news.leave(located.key());
            topic.tell();
        }
    }
}
