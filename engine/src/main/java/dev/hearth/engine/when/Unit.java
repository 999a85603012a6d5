package dev.hearth.engine.when;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What time is counted in. */
enum Unit {
    MINUTE(Granularity.HOUR),
    HOUR(Granularity.HOUR),
    DAY(Granularity.DAY),
    WEEK(Granularity.WEEK),
    WEEKEND(Granularity.WEEKEND),
    MONTH(Granularity.MONTH),
    YEAR(Granularity.YEAR),
    DECADE(Granularity.DECADE);

    private final Granularity granularity;

    Unit(Granularity granularity) {
        this.granularity = granularity;
    }

    Granularity granularity() {
        return granularity;
    }

    /** Whether it is shorter than a day. */
    boolean ofClock() {
        return this == MINUTE || this == HOUR;
    }

    static @Nullable Unit named(String word) {
        return switch (word) {
            case "minute", "minutes", "mins" -> MINUTE;
            case "hour", "hours", "hrs" -> HOUR;
            case "day", "days", "night", "nights" -> DAY;
            case "week", "weeks", "wks" -> WEEK;
            case "weekend", "weekends" -> WEEKEND;
            case "month", "months" -> MONTH;
            case "year", "years", "yrs" -> YEAR;
            case "decade", "decades" -> DECADE;
            default -> null;
        };
    }

    /** The day so many units later, or earlier where {@code count} is negative; the same day for hours. */
    LocalDate shift(LocalDate day, int count) {
        return switch (this) {
            case MINUTE, HOUR -> day;
            case DAY -> day.plusDays(count);
            case WEEK, WEEKEND -> day.plusWeeks(count);
            case MONTH -> day.plusMonths(count);
            case YEAR -> day.plusYears(count);
            case DECADE -> day.plusYears(10L * count);
        };
    }
}
