package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeCues;
import dev.hearth.engine.when.TimeSpan;

/** When a candidate was said and of what time it speaks, beside the time that the question is about. */
final class TimeFeatures {

    private static final long TOLD_LATER_SECONDS = 30L * 24 * 3_600;

    private final IndexedMessages messages;
    private final Places places;
    private final int size;
    private final Cues cues;
    private final TimeCues times;

    /**
     * Wires what is compared.
     *
     * @param size how many messages there are
     */
    TimeFeatures(IndexedMessages messages, Places places, int size, Cues cues, TimeCues times) {
        this.messages = messages;
        this.places = places;
        this.size = size;
        this.cues = cues;
        this.times = times;
    }

    void fill(float[] features, int place) {
        if (cues.months() != 0) {
            Feature.MONTH.set(features, (cues.months() >> messages.month(place) & 1) != 0 ? 1 : -0.3f);
        }
        Feature.WHEN_TIMED.set(features, cues.when() && Traits.timed(messages.traits(place)) ? 1 : 0);
        Feature.WHEN_DATED.set(features, times.asksWhen() && messages.times().namesTime(place) ? 1 : 0);
        TimeSpan asked = times.interval();
        if (asked != null) {
            float near = saidThen(place, asked);
            Feature.SAID_THEN.set(features, near);
            Feature.SAID_ELSE.set(features, near == 0 ? 1 : 0);
            Feature.NAMES_THEN.set(features, messages.times().overlap(place, asked));
        }
        float age = size < 2 || !(cues.latest() || cues.first()) ? 0 : places.rank(place) / (float) (size - 1);
        Feature.LATEST.set(features, cues.latest() ? age : 0);
        Feature.FIRST.set(features, cues.first() ? age : 0);
    }

    /** 1 within the time, falling to 0 over a month after it: what happened is told later. */
    private float saidThen(int place, TimeSpan asked) {
        long said = messages.times().saidSeconds(place);
        if (said < asked.from().getEpochSecond()) {
            return 0;
        }
        long after = said - asked.until().getEpochSecond();
        return after <= 0 ? 1 : Math.max(0, 1 - after / (float) TOLD_LATER_SECONDS);
    }
}
