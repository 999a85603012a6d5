package dev.hearth.engine.persona;

import java.time.Instant;

/**
 * A character, owned by the operator.
 *
 * @param id its slug, 1 to 64 characters of {@code [a-z0-9-]}
 * @param name what it is called, 1 to 200 characters
 */
public record Companion(String id, String name, Personality personality, Instant createdAt, Instant updatedAt) {}
