package dev.hearth.engine.turn;

import java.time.Duration;

/**
 * What a turn may take and costs.
 *
 * @param recall how long a turn waits for recall
 * @param firstToken how long a turn waits for a model's first piece
 * @param reply how long a reply may take in all
 * @param price of the first voice
 */
public record TurnLimits(Duration recall, Duration firstToken, Duration reply, Price price) {

    /** US dollars for a million tokens. */
    public record Price(double input, double cachedInput, double output) {
        public static final Price UNKNOWN = new Price(0, 0, 0);
    }
}
