package dev.hearth.server.config;

import java.time.Duration;

/**
 * What stays in which tier.
 *
 * @param hot how long what was used stays in the hot store
 * @param warm how long every memory stays in the warm store
 * @param significance from this significance on a memory stays warm, 0 to 1
 */
public record TiersConfig(Duration hot, Duration warm, double significance) {

    static final TiersConfig DEFAULT = new TiersConfig(Duration.ofDays(7), Duration.ofDays(90), 0.5);
}
