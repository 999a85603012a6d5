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

    /** What a model's call took, at its prices; {@link TurnLimits.Price#UNKNOWN} where they are not known. */
    public static TurnUsage of(ChatReply.Usage usage, TurnLimits.Price price) {
        double cost = ((usage.prompt() - usage.cached()) * price.input()
                        + usage.cached() * price.cachedInput()
                        + usage.completion() * price.output())
                / MILLION;
        return new TurnUsage(usage.prompt(), usage.cached(), usage.completion(), cost);
    }

    /** Both together. */
    public TurnUsage plus(TurnUsage other) {
        return new TurnUsage(
                promptTokens + other.promptTokens,
                cachedTokens + other.cachedTokens,
                completionTokens + other.completionTokens,
                costUsd + other.costUsd);
    }
}
