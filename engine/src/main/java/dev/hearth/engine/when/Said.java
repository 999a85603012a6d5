package dev.hearth.engine.when;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The moment and place of saying, from which expressions are reckoned.
 *
 * @param today the logical day of it
 */
record Said(Instant at, ZoneId zone, LocalDate today) {

    Said(Instant at, ZoneId zone) {
        this(at, zone, LogicalDay.of(at, zone));
    }

    /** The days from {@code from} to before {@code until}. */
    TimeSpan days(LocalDate from, LocalDate until, Granularity granularity, double confidence) {
        Instant begin = LogicalDay.begin(from, zone);
        Instant end = LogicalDay.begin(until, zone);
        // A zone that crossed the date line has a date that never was: the day before is meant, or the one after.
        if (!begin.isBefore(end) && from.isAfter(today)) {
            end = LogicalDay.begin(until.plusDays(1), zone);
        } else if (!begin.isBefore(end)) {
            begin = LogicalDay.begin(from.minusDays(1), zone);
        }
        return new TimeSpan(begin, end, zone, granularity, confidence);
    }

    TimeSpan day(LocalDate day, double confidence) {
        return days(day, day.plusDays(1), Granularity.DAY, confidence);
    }

    TimeSpan week(LocalDate monday, double confidence) {
        return days(monday, monday.plusDays(7), Granularity.WEEK, confidence);
    }

    /** The weekend at the end of the week that begins on {@code monday}. */
    TimeSpan weekend(LocalDate monday, double confidence) {
        return days(monday.plusDays(5), monday.plusDays(7), Granularity.WEEKEND, confidence);
    }

    /** The month of which {@code first} is the first day. */
    TimeSpan month(LocalDate first, double confidence) {
        return days(first, first.plusMonths(1), Granularity.MONTH, confidence);
    }

    TimeSpan year(int year, double confidence) {
        return days(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1), Granularity.YEAR, confidence);
    }

    TimeSpan part(LocalDate day, PartOfDay part, double confidence) {
        Instant begin = day.atTime(part.begins()).atZone(zone).toInstant();
        Instant end = part.ends() == null
                ? LogicalDay.begin(day.plusDays(1), zone)
                : day.atTime(part.ends()).atZone(zone).toInstant();
        return begin.isBefore(end)
                ? new TimeSpan(begin, end, zone, Granularity.PART_OF_DAY, confidence)
                : day(day, confidence);
    }

    /** Monday of the week that today is in. */
    LocalDate monday() {
        return today.minusDays(today.getDayOfWeek().getValue() - 1L);
    }
}
