package dev.hearth.engine.event;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in relationships. Events of one relationship are numbered from 1 in the order they happened, and kept
 * for seven days. Safe for many threads.
 */
public final class Events {

    private static final int MAX_LIMIT = 200;

    private final Addresses addresses;
    private final EventLog log;
    private final News news;

    public Events(Addresses addresses, EventLog log, News news) {
        this.addresses = addresses;
        this.log = log;
        this.news = news;
    }

    /**
     * A run of events.
     *
     * @param events by number, ascending
     * @param missed whether events before these are not kept any more, or the number read from is none of this
     *     relationship's: then its state is to be read anew
     * @param last the number to read on from
     */
    public record Run(List<Event> events, boolean missed, long last) {

        public Run {
            events = List.copyOf(events);
        }
    }

    /**
     * The events behind a number.
     *
     * @param after the last number that is known, 0 for none
     * @param limit 1 to 200
     */
    public Run read(String relationship, long after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.invalid("limit is 1 to 200.");
        }
        Addresses.Located located = addresses.locate(relationship);
        return run(log, located, located.head(), after, limit);
    }

    static Run run(EventLog log, Addresses.Located located, Head head, long after, int limit) {
        if (after < 0 || after > head.events()) {
            // Of a life before a backup was restored, or of another relationship.
            return new Run(List.of(), true, head.events());
        }
        if (after == head.events()) {
            return new Run(List.of(), false, after);
        }
        List<Event> events = log.read(located.key(), head, after, limit);
        if (events.isEmpty()) {
            return new Run(List.of(), true, head.events());
        }
        return new Run(
                events, events.getFirst().number() > after + 1, events.getLast().number());
    }

    /**
     * Follows a relationship: for one thread that asks for more and more. Close it.
     *
     * @param after the last number that is known; null for what happens from now on
     */
    public Following follow(String relationship, @Nullable Long after) {
        Addresses.Located located = addresses.locate(relationship);
        return new Following(log, news, located, after == null ? located.head().events() : after);
    }
}
