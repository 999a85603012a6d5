package dev.hearth.client.data;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a relationship, as the feed and the webhooks tell it.
 *
 * @param type as in {@code turn.completed}; newer servers send further ones
 * @param data ids, no text
 */
public record Event(
        String id,
        String type,
        Instant createdAt,
        String relationshipId,
        String companion,
        String user,
        Map<String, @Nullable Object> data) {
    public Event {
        data = Frozen.map(data);
    }
}
