package dev.hearth.engine.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** "last", "this" and "next" with a week, month, year, season, weekday, month's name or holiday. */
final class Qualified {

    private Qualified() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        Direction.Read read = Direction.at(tokens, i);
        if (read == null) {
            return null;
        }
        int at = read.end();
        Direction direction = read.direction();
        TimeSpan unit = unit(tokens.word(at), direction, tokens, i, said);
        if (unit != null) {
            return new Found(unit, at + 1);
        }
        DayOfWeek weekday = Words.expectedWeekday(tokens.at(at));
        if (weekday != null) {
            // "This past Friday" and "this coming Friday" leave no doubt.
            return weekday(tokens, at + 1, weekday, direction, at - i == 2, said);
        }
        int month = Words.month(tokens.at(at));
        if (month > 0 && !isVerb(tokens, at, direction)) {
            return new Found(said.month(month(month, direction, said.today()), 0.8), at + 1);
        }
        Holidays.Named holiday = Holidays.named(tokens, at);
        return holiday == null
                ? null
                : new Found(said.day(holiday(holiday.day(), direction, said.today()), 0.85), holiday.end());
    }

    private static @Nullable TimeSpan unit(String word, Direction direction, Tokens tokens, int i, Said said) {
        int step = direction.steps();
        LocalDate today = said.today();
        return switch (word) {
            case "week" -> said.week(said.monday().plusWeeks(step), 0.8);
            case "weekend" -> said.weekend(weekend(direction, tokens, i, said), 0.8);
            case "month" -> said.month(today.withDayOfMonth(1).plusMonths(step), 0.85);
            case "year" -> said.year(today.getYear() + step, 0.9);
            case "decade" -> Years.decade(today.getYear() / 10 * 10 + 10 * step, said, 0.7);
            default -> {
                int season = Words.season(word);
                yield season == 0 ? null : Seasons.span(season, direction, said, 0.75);
            }
        };
    }

    /** Monday of the week; on a Monday "this weekend" that is spoken of in the past is the one that is just over. */
    private static LocalDate weekend(Direction direction, Tokens tokens, int i, Said said) {
        return switch (direction) {
            case LAST -> said.monday().minusWeeks(1);
            case NEXT -> said.monday().plusWeeks(1);
            case THIS -> {
                boolean over = said.today().getDayOfWeek().getValue() < 5 && Tense.near(tokens, i, i + 2) == Tense.PAST;
                yield said.monday().minusWeeks(over ? 1 : 0);
            }
        };
    }

    private static Found weekday(
            Tokens tokens, int end, DayOfWeek weekday, Direction direction, boolean sure, Said said) {
        LocalDate today = said.today();
        LocalDate day = switch (direction) {
            case LAST -> today.with(TemporalAdjusters.previous(weekday));
            case THIS -> said.monday().with(TemporalAdjusters.nextOrSame(weekday));
            case NEXT ->
                sure
                        ? today.with(TemporalAdjusters.next(weekday))
                        : said.monday().plusWeeks(1).with(TemporalAdjusters.nextOrSame(weekday));
        };
        double confidence = sure ? 0.9 : direction == Direction.NEXT ? 0.6 : 0.8;
        return Weekdays.withPart(tokens, end, day, confidence, said);
    }

    /** The first day of the month that is meant. */
    private static LocalDate month(int month, Direction direction, LocalDate today) {
        LocalDate thisYears = LocalDate.of(today.getYear(), month, 1);
        return switch (direction) {
            case LAST -> month < today.getMonthValue() ? thisYears : thisYears.minusYears(1);
            case THIS -> thisYears;
            case NEXT -> month > today.getMonthValue() ? thisYears : thisYears.plusYears(1);
        };
    }

    private static LocalDate holiday(IntFunction<LocalDate> day, Direction direction, LocalDate today) {
        LocalDate thisYears = day.apply(today.getYear());
        return switch (direction) {
            case LAST -> thisYears.isBefore(today) ? thisYears : day.apply(today.getYear() - 1);
            case THIS -> thisYears;
            case NEXT -> thisYears.isAfter(today) ? thisYears : day.apply(today.getYear() + 1);
        };
    }

    /** "This may be", "this march". */
    private static boolean isVerb(Tokens tokens, int at, Direction direction) {
        String word = tokens.word(at);
        return direction == Direction.THIS
                && (word.equals("may") || word.equals("march"))
                && !tokens.at(at).capital();
    }
}
