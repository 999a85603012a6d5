package dev.hearth.engine;

import java.time.Duration;

/**
 * What an operator may set of the engine.
 *
 * @param project the project's name, part of every partition's name
 * @param sessionGap silence after which a new session begins
 * @param recallBudget how long a turn waits for recall
 * @param firstToken how long a turn waits for a model's first piece
 * @param reply how long a reply may take in all
 * @param residentBytes how much memory the relationships held in memory may take together
 */
public record Settings(
        String project,
        Duration sessionGap,
        Duration recallBudget,
        Duration firstToken,
        Duration reply,
        long residentBytes,
        Price price) {

    /** US dollars for a million tokens of the first voice. */
    public record Price(double input, double cachedInput, double output) {
        public static final Price UNKNOWN = new Price(0, 0, 0);
    }

    public static Settings defaults() {
        return new Settings(
                "default",
                Duration.ofMinutes(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(20),
                Duration.ofSeconds(120),
                Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
                Price.UNKNOWN);
    }
}
