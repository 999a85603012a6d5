package dev.hearth.engine.turn;

/**
 * What a turn spent.
 *
 * @param promptTokens tokens read by the model, cached ones included
 * @param cachedTokens those served from the provider's cache
 * @param completionTokens tokens written
 * @param costUsd at the configured prices, 0 where none are configured
 */
public record TurnUsage(int promptTokens, int cachedTokens, int completionTokens, double costUsd) {
    public static final TurnUsage NONE = new TurnUsage(0, 0, 0, 0);
}
