package dev.hearth.engine.emotion;

import java.time.Instant;

/**
 * What a companion feels at a moment. The one place that a turn asks: state that evolves comes to stand behind it.
 * Pure; safe for many threads.
 */
public final class Feelings {

    /** The feeling in a relationship at {@code at}: neutral, as long as nothing is remembered of feelings. */
    public Emotion at(Instant at) {
        return Emotion.NEUTRAL;
    }
}
