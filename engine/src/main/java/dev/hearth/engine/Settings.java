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
 */
public record Settings(
        String project,
        Duration sessionGap,
        TurnLimits turn,
        long residentBytes,
        TurnLimits.Price extraction,
        Tiers tiers) {

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
