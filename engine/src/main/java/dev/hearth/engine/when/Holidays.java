package dev.hearth.engine.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Days that have names, as they fall in the United States where countries differ. */
final class Holidays {

    private Holidays() {}

    /**
     * A holiday's name that was read.
     *
     * @param day the day of it in a year
     * @param end the place behind the name
     */
    record Named(IntFunction<LocalDate> day, int end) {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        Named holiday = named(tokens, i);
        if (holiday == null) {
            return null;
        }
        Years.Read year = Years.after(tokens, holiday.end(), said);
        if (year != null) {
            return new Found(said.day(holiday.day().apply(year.year()), 0.9), year.end());
        }
        Tense tense = Tense.near(tokens, i, holiday.end());
        LocalDate today = said.today();
        LocalDate day = holiday.day().apply(today.getYear());
        if (tense == Tense.FUTURE && day.isBefore(today)) {
            day = holiday.day().apply(today.getYear() + 1);
        } else if (tense != Tense.FUTURE && day.isAfter(today)) {
            day = holiday.day().apply(today.getYear() - 1);
        }
        return new Found(said.day(day, tense == Tense.UNKNOWN ? 0.45 : 0.65), holiday.end());
    }

    static @Nullable Named named(Tokens tokens, int i) {
        return switch (tokens.word(i)) {
            case "christmas", "xmas" ->
                tokens.is(i + 1, "eve") ? fixed(12, 24, i + 2) : fixed(12, 25, tokens.skip(i + 1, "day"));
            case "new" -> newYear(tokens, i + 1);
            case "halloween" -> fixed(10, 31, i + 1);
            case "valentine", "valentines" -> fixed(2, 14, tokens.skip(i + 1, "day"));
            case "thanksgiving" -> new Named(Holidays::thanksgiving, tokens.skip(i + 1, "day"));
            case "black" ->
                tokens.is(i + 1, "friday")
                        ? new Named(year -> thanksgiving(year).plusDays(1), i + 2)
                        : null;
            case "easter" -> new Named(Holidays::easter, tokens.skip(i + 1, "sunday"));
            case "good" ->
                tokens.is(i + 1, "friday") && tokens.at(i + 1).capital()
                        ? new Named(year -> easter(year).minusDays(2), i + 2)
                        : null;
            case "independence" -> day(tokens, i, year -> LocalDate.of(year, 7, 4));
            case "fourth" -> tokens.is(i + 1, "of") && tokens.is(i + 2, "july") ? fixed(7, 4, i + 3) : null;
            case "boxing" -> day(tokens, i, year -> LocalDate.of(year, 12, 26));
            case "mother", "mothers" -> day(tokens, i, year -> nth(year, 5, 2, DayOfWeek.SUNDAY));
            case "father", "fathers" -> day(tokens, i, year -> nth(year, 6, 3, DayOfWeek.SUNDAY));
            case "labor", "labour" -> day(tokens, i, year -> nth(year, 9, 1, DayOfWeek.MONDAY));
            case "memorial" -> day(tokens, i, year -> nth(year, 5, -1, DayOfWeek.MONDAY));
            case "patrick", "patricks" -> day(tokens, i, year -> LocalDate.of(year, 3, 17));
            default -> null;
        };
    }

    private static @Nullable Named newYear(Tokens tokens, int i) {
        if (!tokens.is(i, "year") && !tokens.is(i, "years")) {
            return null;
        }
        return switch (tokens.word(i + 1)) {
            case "eve" -> fixed(12, 31, i + 2);
            case "day" -> fixed(1, 1, i + 2);
            default -> null;
        };
    }

    private static Named fixed(int month, int day, int end) {
        return new Named(year -> LocalDate.of(year, month, day), end);
    }

    private static @Nullable Named day(Tokens tokens, int i, IntFunction<LocalDate> day) {
        return tokens.is(i + 1, "day") ? new Named(day, i + 2) : null;
    }

    private static LocalDate nth(int year, int month, int ordinal, DayOfWeek weekday) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday));
    }

    private static LocalDate thanksgiving(int year) {
        return nth(year, 11, 4, DayOfWeek.THURSDAY);
    }

    /** Western Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
    private static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int g = (8 * b + 13) / 25;
        int h = (19 * a + b - b / 4 - g + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 19 * l) / 433;
        int month = (h + l - 7 * m + 90) / 25;
        int day = (h + l - 7 * m + 33 * month + 19) % 32;
        return LocalDate.of(year, month, day);
    }
}
