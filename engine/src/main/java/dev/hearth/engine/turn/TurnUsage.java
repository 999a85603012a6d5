package dev.hearth.engine.turn;

import dev.hearth.spi.ChatReply;

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

    private static final double MILLION = 1e6;

    /** Prices are those of the first voice; another's are not known. */
    static TurnUsage of(ChatReply.Usage usage, TurnLimits.Price price) {
        double cost = ((usage.prompt() - usage.cached()) * price.input()
                        + usage.cached() * price.cachedInput()
                        + usage.completion() * price.output())
                / MILLION;
        return new TurnUsage(usage.prompt(), usage.cached(), usage.completion(), cost);
    }
}
