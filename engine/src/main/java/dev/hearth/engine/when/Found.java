package dev.hearth.engine.when;

/**
 * An expression that was recognised.
 *
 * @param end the place of the first token behind it
 */
record Found(TimeSpan span, int end) {}
