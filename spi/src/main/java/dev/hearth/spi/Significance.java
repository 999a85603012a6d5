package dev.hearth.spi;

import java.time.Instant;

/**
 * How much a memory matters, which decides whether it stays warm once it is old. Asked off every turn's path, when a
 * memory is about to be put away. Safe for many threads.
 */
@FunctionalInterface
public interface Significance {

    /**
     * What was said.
     *
     * @param text the words
     * @param byUser false for what the companion said
     * @param fact whether it is a fact that was made from what the user said
     * @param said when it was said
     */
    record Said(String text, boolean byUser, boolean fact, Instant said) {}

    /**
     * 0 for what matters not at all, to 1 for what must never be far. The same for the same words, and quick: some
     * hundred of them are asked about at once.
     */
    double of(Said said);
}
