package dev.hearth.engine.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of events.
 *
 * @param id {@code whk_} and an opaque rest
 * @param events which: types, {@code memory.*} for all of a group, {@code *} for all
 * @param status whether it is told at the moment
 */
public record Webhook(
        String id, URI url, List<String> events, @Nullable String description, Status status, Instant createdAt) {

    public Webhook {
        events = List.copyOf(events);
    }

    /** Whether it is told. */
    public enum Status {
        ACTIVE,
        /** Nothing new is queued for it, and what is queued waits. */
        PAUSED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it wants events of the type, as in {@code memory.created}. */
    boolean wants(String type) {
        return events.stream()
                .anyMatch(pattern -> pattern.equals("*")
                        || pattern.equals(type)
                        || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1))));
    }

    Webhook as(Status other) {
        return new Webhook(id, url, events, description, other, createdAt);
    }
}
