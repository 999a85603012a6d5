package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.util.Arrays;

/** {@link Times} as they were at one moment. Safe for many threads; knows nothing of deletions. */
final class TimesView {

    private final int count;
    private final long[] said;
    private final int[] places;
    private final int[] from;
    private final int[] until;
    private final byte[] percent;

    TimesView(int count, long[] said, int[] places, int[] from, int[] until, byte[] percent) {
        this.count = count;
        this.said = said;
        this.places = places;
        this.from = from;
        this.until = until;
        this.percent = percent;
    }

    /** When the message at a place was said, in seconds since 1970. */
    long saidSeconds(int place) {
        return said[place];
    }

    /** The same as a moment. */
    Instant said(int place) {
        return Instant.ofEpochSecond(said[place]);
    }

    /** Whether the message at a place names a time. */
    boolean namesTime(int place) {
        return first(place) < count && places[first(place)] == place;
    }

    /**
     * How surely the message at a place speaks of {@code asked}, 0 to 1: of the times it names, the best share that lies
     * within, by its confidence.
     */
    float overlap(int place, TimeSpan asked) {
        float best = 0;
        for (int i = first(place); i < count && places[i] == place; i++) {
            best = Math.max(best, share(i, begin(asked), end(asked)));
        }
        return best;
    }

    /** The same of every message at once, by place; leaves 0 where there is none. Linear in the times that are named. */
    void overlaps(TimeSpan asked, float[] into) {
        int begin = begin(asked);
        int end = end(asked);
        for (int i = 0; i < count && places[i] < into.length; i++) {
            into[places[i]] = Math.max(into[places[i]], share(i, begin, end));
        }
    }

    long bytes() {
        return 8L * said.length + 13L * places.length;
    }

    private float share(int i, int begin, int end) {
        long common = (long) Math.min(until[i], end) - Math.max(from[i], begin);
        long length = (long) until[i] - from[i];
        return common <= 0 || length <= 0 ? 0 : percent[i] / 100f * common / length;
    }

    /** The first of the times whose message is not before {@code place}. */
    private int first(int place) {
        int found = Arrays.binarySearch(places, 0, count, place);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && places[found - 1] == place) {
            found--;
        }
        return found;
    }

    private static int begin(TimeSpan asked) {
        return Times.minute(Math.floorDiv(asked.from().getEpochSecond(), 60));
    }

    private static int end(TimeSpan asked) {
        return Times.minute(Math.ceilDiv(asked.until().getEpochSecond(), 60));
    }
}
