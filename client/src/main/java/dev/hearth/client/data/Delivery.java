package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an event to a webhook.
 *
 * @param lastStatus the HTTP status last answered; null where none was
 */
public record Delivery(
        String id,
        String eventId,
        String eventType,
        String relationshipId,
        DeliveryState state,
        int attempts,
        @Nullable Instant lastAttemptAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        @Nullable Instant nextAttemptAt,
        Instant createdAt) {}
