package dev.hearth.engine.relationship;

import java.time.Duration;

/**
 * What stays where. A memory's age counts from when it was stored or last used, whichever is later.
 *
 * @param hot how long what was used stays in the hot store
 * @param warm how long every memory stays in the warm store
 * @param significance from this significance on a memory stays warm for good, 0 to 1
 */
public record Tiers(Duration hot, Duration warm, double significance) {

    public static final Tiers DEFAULT = new Tiers(Duration.ofDays(7), Duration.ofDays(90), 0.5);

    public Tiers {
        if (hot.isNegative() || warm.isNegative() || warm.isZero()) {
            throw new IllegalArgumentException("A tier's days are above 0.");
        }
        if (!(significance >= 0 && significance <= 1)) {
            throw new IllegalArgumentException("A significance is 0 to 1, not " + significance + ".");
        }
    }
}
