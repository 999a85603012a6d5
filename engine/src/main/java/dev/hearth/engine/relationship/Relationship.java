package dev.hearth.engine.relationship;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One companion with one user, as its owner sees it.
 *
 * @param id {@code rel_} and an opaque rest
 * @param companion the companion's slug
 * @param user the user's external id
 * @param messages how many messages it holds
 * @param memories how many of them can be recalled
 */
public record Relationship(
        String id,
        String companion,
        String user,
        Instant createdAt,
        @Nullable Instant lastTurnAt,
        long messages,
        long memories) {}
