package dev.hearth.engine.webhook;

import dev.hearth.engine.relationship.RelationshipKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Telling one webhook of one event.
 *
 * @param id {@code dlv_} and an opaque rest
 * @param webhook the webhook's id
 * @param about what it tells of
 * @param state whether it has been told
 * @param attempts how often it was tried
 * @param last how the last attempt ended, null before the first
 * @param nextAttemptAt when it is tried (again), null where it is not
 */
public record Delivery(
        String id,
        String webhook,
        About about,
        State state,
        int attempts,
        @Nullable Attempt last,
        @Nullable Instant nextAttemptAt,
        Instant createdAt) {

    /** How it stands. */
    public enum State {
        PENDING,
        DELIVERED,
        /** Given up. It can be replayed. */
        DEAD;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> ofWire(String wire) {
            for (State state : values()) {
                if (state.wire().equals(wire)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The event.
     *
     * @param key where its relationship lies
     * @param relationship the relationship's id
     * @param number its number
     */
    public record About(RelationshipKey key, String relationship, long number, String eventId, String eventType) {}

    /**
     * How an attempt ended.
     *
     * @param status the status that was answered, 0 for none
     * @param error in a few words, null where it was taken
     */
    public record Attempt(Instant at, int status, @Nullable String error) {}

    Delivery pending(Instant next) {
        return new Delivery(id, webhook, about, State.PENDING, attempts, last, next, createdAt);
    }

    Delivery replayed(Instant now) {
        return new Delivery(id, webhook, about, State.PENDING, 0, last, now, createdAt);
    }

    Delivery attempted(Attempt attempt) {
        return new Delivery(id, webhook, about, state, attempts + 1, attempt, nextAttemptAt, createdAt);
    }

    Delivery ended(State end) {
        return new Delivery(id, webhook, about, end, attempts, last, null, createdAt);
    }
}
