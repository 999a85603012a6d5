package dev.hearth.engine.relationship;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message from another history.
 *
 * @param externalId the application's own id of it, 1 to 256 bytes; the same id is imported once.
 *     Null for none: then nothing tells it from a new one
 * @param speaker who said it, or null for the role's own name; at most 200 characters
 * @param session the session it belongs to, or null to tell sessions by their gaps; at most 256 bytes
 * @param text 1 to 32,768 characters
 * @param time when it was said
 */
public record Imported(
        @Nullable String externalId,
        Message.Role role,
        @Nullable String speaker,
        @Nullable String session,
        String text,
        Instant time) {}
