package dev.hearth.kernel.vector;

/**
 * A row that is like a query.
 *
 * @param row its number
 * @param owner whose it is
 * @param score the cosine, -1 to 1
 */
public record Match(int row, int owner, float score) {}
