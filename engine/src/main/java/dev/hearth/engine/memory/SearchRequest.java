package dev.hearth.engine.memory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for.
 *
 * @param query 1 to 32,768 characters
 * @param limit 1 to 100
 * @param at the moment of asking, which ranks and does not filter; null for now
 * @param deadline by when to answer; null for the default (200 ms)
 */
public record SearchRequest(
        String query,
        int limit,
        @Nullable Instant at,
        @Nullable Duration deadline) {}
