package dev.hearth.engine;

import dev.hearth.engine.turn.TurnLimits;
import java.time.Duration;

/**
 * What an operator may set of the engine.
 *
 * @param project the project's name, part of every partition's name
 * @param sessionGap silence after which a new session begins
 * @param turn what a turn may take and costs
 * @param residentBytes how much memory the relationships held in memory may take together
 */
public record Settings(String project, Duration sessionGap, TurnLimits turn, long residentBytes) {

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
