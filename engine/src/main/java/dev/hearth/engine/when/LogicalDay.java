package dev.hearth.engine.when;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** The day as people live it: it begins at 04:00, so that half past one at night still belongs to the evening before. */
public final class LogicalDay {

    private static final LocalTime BEGINS = LocalTime.of(4, 0);

    private LogicalDay() {}

    /** The day that a moment belongs to. */
    public static LocalDate of(Instant moment, ZoneId zone) {
        LocalDate date = LocalDateTime.ofInstant(moment, zone).toLocalDate();
        if (!moment.isBefore(begin(date.plusDays(1), zone))) {
            return date.plusDays(1);
        }
        // Compared as moments: clocks that are set back read 04:00 before 03:59, and some zones have skipped a date.
        while (moment.isBefore(begin(date, zone))) {
            date = date.minusDays(1);
        }
        return date;
    }

    /** When a day begins: 04:00, or as long after a gap of the clocks as 04:00 lies in it. */
    public static Instant begin(LocalDate day, ZoneId zone) {
        return day.atTime(BEGINS).atZone(zone).toInstant();
    }
}
