package dev.hearth.engine;

import dev.hearth.engine.relationship.Tiers;
import dev.hearth.engine.turn.TurnLimits;
import java.time.Duration;

/**
 * What an operator may set of the engine.
 *
 * @param project the project's name, part of every partition's name
 * @param sessionGap silence after which a new session begins
 * @param turn what a turn may take and costs
 * @param residentBytes how much memory the relationships held in memory may take together
 * @param extraction what the extractor's tokens cost
 * @param tiers what stays where
 * @param queryCache of how many queries the vectors are kept for some minutes; 0 for none
 */
public record Settings(
        String project,
        Duration sessionGap,
        TurnLimits turn,
        long residentBytes,
        TurnLimits.Price extraction,
        Tiers tiers,
        int queryCache) {

    public Settings {
        if (queryCache < 0) {
            throw new IllegalArgumentException("A query cache has no fewer than 0 entries.");
        }
    }

    /** Settings without a cache of queries. */
    public Settings(
            String project,
            Duration sessionGap,
            TurnLimits turn,
            long residentBytes,
            TurnLimits.Price extraction,
            Tiers tiers) {
        this(project, sessionGap, turn, residentBytes, extraction, tiers, 0);
    }

    /** Settings with the usual tiers. */
    public Settings(
            String project, Duration sessionGap, TurnLimits turn, long residentBytes, TurnLimits.Price extraction) {
        this(project, sessionGap, turn, residentBytes, extraction, Tiers.DEFAULT);
    }

    /** Settings where the extractor's prices are not known. */
    public Settings(String project, Duration sessionGap, TurnLimits turn, long residentBytes) {
        this(project, sessionGap, turn, residentBytes, TurnLimits.Price.UNKNOWN);
    }

    private static final long LEAST_RESIDENT_BYTES = 64L << 20;

    public static Settings defaults() {
        return new Settings(
                "default",
                Duration.ofMinutes(30),
                new TurnLimits(
                        Duration.ofMillis(200),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(120),
                        TurnLimits.Price.UNKNOWN),
                Math.max(LEAST_RESIDENT_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }
}
