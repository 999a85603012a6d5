package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * When each message of an index was said, and the times that it names: 8 bytes a message and 13 a time. One writer; what
 * was published before stays as it was.
 */
final class Times {

    private long[] said = new long[16];
    private int[] places = new int[0];
    private int[] from = new int[0];
    private int[] until = new int[0];
    private byte[] percent = new byte[0];
    private int count;

    /** Adds the message at the next place. */
    void append(int place, Instant time, List<TimeSpan> spans) {
        if (place == said.length) {
            said = Arrays.copyOf(said, larger(place));
        }
        said[place] = time.getEpochSecond();
        for (TimeSpan span : spans) {
            if (count == places.length) {
                grow(larger(count));
            }
            places[count] = place;
            from[count] = minute(Math.floorDiv(span.from().getEpochSecond(), 60));
            until[count] = minute(Math.ceilDiv(span.until().getEpochSecond(), 60));
            percent[count] = (byte) Math.round(span.confidence() * 100);
            count++;
        }
    }

    TimesView view() {
        return new TimesView(count, said, places, from, until, percent);
    }

    /** Gives back the room for messages to come behind {@code messages}. */
    void trim(int messages) {
        said = Arrays.copyOf(said, messages);
        grow(count);
    }

    private void grow(int size) {
        places = Arrays.copyOf(places, size);
        from = Arrays.copyOf(from, size);
        until = Arrays.copyOf(until, size);
        percent = Arrays.copyOf(percent, size);
    }

    private static int larger(int size) {
        return size + Math.max(16, size / 4);
    }

    /** Minutes since 1970 reach the year 6053; what lies beyond is taken for that. */
    static int minute(long minutes) {
        return Math.clamp(minutes, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
