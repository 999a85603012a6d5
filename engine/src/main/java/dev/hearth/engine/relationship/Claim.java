package dev.hearth.engine.relationship;

import java.time.Instant;

/**
 * A turn that is being taken. It expires, so that a node that died does not hold the relationship.
 *
 * @param turn the turn's ULID
 * @param node the process that takes it: a number drawn at its start
 * @param expiresAt from when on others may take over
 */
public record Claim(String turn, long node, Instant expiresAt) {}
