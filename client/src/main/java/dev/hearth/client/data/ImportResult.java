package dev.hearth.client.data;

/**
 * What an import did.
 *
 * @param duplicates how many were stored before
 */
public record ImportResult(long imported, long duplicates) {}
