package dev.hearth.bench.recall;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code turns.jsonl.gz}.
 *
 * @param id opaque, one of its conversation
 * @param byUser whether the role is the user's
 */
public record Turn(
        String conversation,
        @Nullable String session,
        String id,
        @Nullable Instant time,
        @Nullable String speaker,
        boolean byUser,
        String text) {}
