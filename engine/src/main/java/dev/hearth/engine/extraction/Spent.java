package dev.hearth.engine.extraction;

import dev.hearth.engine.turn.TurnUsage;

/**
 * What extraction has taken since the engine was opened, whether anything came of it or not.
 *
 * @param calls how often a model was asked
 * @param failures how many of these calls failed, or were answered by what cannot be read
 * @param promptTokens tokens read by the model, cached ones included
 * @param completionTokens tokens written
 * @param costUsd at the configured prices, 0 where none are configured
 */
public record Spent(long calls, long failures, long promptTokens, long completionTokens, double costUsd) {
    static final Spent NOTHING = new Spent(0, 0, 0, 0, 0);

    /** With one more call. */
    Spent plus(TurnUsage usage, boolean failed) {
        return new Spent(
                calls + 1,
                failures + (failed ? 1 : 0),
                promptTokens + usage.promptTokens(),
                completionTokens + usage.completionTokens(),
                costUsd + usage.costUsd());
    }

    /** How many calls were answered by what can be read. */
    long answered() {
        return calls - failures;
    }
}
