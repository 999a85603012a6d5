package dev.hearth.engine.relationship;

/** How many messages an import stored, and how many it had already. */
public record ImportResult(int imported, int duplicates) {}
