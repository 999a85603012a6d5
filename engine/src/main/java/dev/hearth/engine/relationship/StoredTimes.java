package dev.hearth.engine.relationship;

import dev.hearth.engine.when.Granularity;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The times that a message names, as they are stored behind it: as seconds from its saying, all in one zone. */
final class StoredTimes {

    private static final int LEAST_BYTES_A_TIME = 4;

    private StoredTimes() {}

    static void encode(List<TimeSpan> times, Instant said, RecordWriter out) {
        out.number(times.size());
        if (times.isEmpty()) {
            return;
        }
        ZoneId zone = times.getFirst().zone();
        out.text(zone.getId());
        for (TimeSpan time : times) {
            if (!time.zone().equals(zone)) {
                throw new IllegalArgumentException("The times of one message are of one zone.");
            }
            long from = time.from().getEpochSecond();
            out.signed(from - said.getEpochSecond())
                    .number(time.until().getEpochSecond() - from)
                    .number(stored(time.granularity()))
                    .number(Math.round(time.confidence() * 100));
        }
    }

    static List<TimeSpan> decode(RecordReader in, Instant said) {
        int count = in.count(LEAST_BYTES_A_TIME);
        if (count == 0) {
            return List.of();
        }
        ZoneId zone = zone(in.text());
        List<TimeSpan> times = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            times.add(time(in, said.getEpochSecond(), zone));
        }
        return times;
    }

    /** Passes over the times of one message. */
    static void skip(RecordReader in) {
        int count = in.count(LEAST_BYTES_A_TIME);
        if (count > 0) {
            in.skip();
        }
        for (int i = 0; i < count; i++) {
            long ignored = in.signed() + in.number() + in.number() + in.number();
        }
    }

    private static TimeSpan time(RecordReader in, long said, ZoneId zone) {
        long distance = in.signed();
        long length = in.number();
        Granularity granularity = granularity(in.number());
        long percent = in.number();
        try {
            Instant from = Instant.ofEpochSecond(Math.addExact(said, distance));
            return new TimeSpan(from, from.plusSeconds(length), zone, granularity, percent / 100.0);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException damaged) {
            throw new CodecException("Damaged record: no time lies where a message's is said to lie.", damaged);
        }
    }

    /** A zone that only a newer JDK knows is told as UTC; the moments stay as they are. */
    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    private static int stored(Granularity granularity) {
        return switch (granularity) {
            case HOUR -> 1;
            case PART_OF_DAY -> 2;
            case DAY -> 3;
            case WEEKEND -> 4;
            case WEEK -> 5;
            case MONTH -> 6;
            case SEASON -> 7;
            case YEAR -> 8;
            case DECADE -> 9;
        };
    }

    private static Granularity granularity(long stored) {
        for (Granularity granularity : Granularity.values()) {
            if (stored(granularity) == stored) {
                return granularity;
            }
        }
        throw new CodecException("No granularity is stored as " + stored + ".");
    }
}
