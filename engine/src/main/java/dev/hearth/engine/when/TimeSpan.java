package dev.hearth.engine.when;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A time that somebody named.
 *
 * @param from its beginning, in whole seconds
 * @param until its end, exclusive, after {@code from}, in whole seconds
 * @param zone the zone in which it was meant
 * @param granularity how finely it was named
 * @param confidence 0 to 1, in hundredths: how sure it is that this time was meant
 */
public record TimeSpan(Instant from, Instant until, ZoneId zone, Granularity granularity, double confidence) {

    public TimeSpan {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        until = until.truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("A time span ends after it begins.");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("Confidence is 0 to 1, not " + confidence + ".");
        }
        confidence = Math.rint(confidence * 100) / 100;
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    /**
     * The share of this that lies within {@code other}, 0 to 1: how probable it is that what happened at some moment of
     * this happened within {@code other}.
     */
    public double within(TimeSpan other) {
        Instant later = from.isAfter(other.from) ? from : other.from;
        Instant earlier = until.isBefore(other.until) ? until : other.until;
        long common = Duration.between(later, earlier).toSeconds();
        return common <= 0 ? 0 : (double) common / Duration.between(from, until).toSeconds();
    }
}
