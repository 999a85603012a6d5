package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said.
 *
 * @param turnId null for what was imported
 */
public record Message(
        String id,
        long seq,
        Role role,
        @Nullable String speaker,
        String text,
        Instant time,
        @Nullable String turnId,
        MessageStatus status) {}
