package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user and a companion.
 *
 * @param lastTurnAt null before the first turn
 */
public record Relationship(
        String relationshipId,
        String companion,
        String user,
        Instant createdAt,
        @Nullable Instant lastTurnAt,
        long messages,
        long memories) {}
