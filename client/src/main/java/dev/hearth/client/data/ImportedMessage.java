package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of another history.
 *
 * @param externalId 1 to 256 bytes of UTF-8; the same one is stored once
 * @param speaker at most 200 characters
 * @param session at most 256 characters
 * @param text 1 to 32,768 characters
 * @param time not in the future
 */
public record ImportedMessage(
        String externalId,
        Role role,
        @Nullable String speaker,
        @Nullable String session,
        String text,
        Instant time) {}
