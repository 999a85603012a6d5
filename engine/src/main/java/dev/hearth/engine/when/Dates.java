package dev.hearth.engine.when;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Months and days by their names: "7 May 2023", "May 7", "the 7th of May", "in May". */
final class Dates {

    private static final int YEARS_TO_A_LEAP_DAY = 8;
    private static final int MONTHS_AHEAD = 9;

    private Dates() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        Token token = tokens.at(i);
        if (token.isNumber()) {
            int at = tokens.skip(i + 1, "of");
            int month = day(token) > 0 ? Words.month(tokens.at(at)) : 0;
            // "The 7th of May" and "7 May"; "in 2 may be", where nothing follows that makes it a month, is none.
            return month > 0
                            && !isVerb(
                                    tokens,
                                    at,
                                    token.ordinal()
                                            || at > i + 1
                                            || tokens.at(at).capital())
                    ? dayOf(tokens, i, at + 1, month, day(token), 1, said)
                    : dayAlone(tokens, i, said);
        }
        int month = Words.month(token);
        if (month == 0) {
            return null;
        }
        int at = tokens.skip(tokens.skip(i + 1, "."), "the");
        int day = day(tokens.at(at));
        if (day > 0 && isMonth(tokens, i, at, said) && !counts(tokens, i, at + 1)) {
            int last = tokens.is(at + 1, "-") ? day(tokens.at(at + 2)) : 0;
            return last > day
                    ? dayOf(tokens, i, at + 3, month, day, last - day + 1, said)
                    : dayOf(tokens, i, at + 1, month, day, 1, said);
        }
        return monthOf(tokens, i, month, said);
    }

    /**
     * So many days from a day on.
     *
     * @param end the place behind them, where a year may stand
     */
    private static @Nullable Found dayOf(Tokens tokens, int i, int end, int month, int day, int days, Said said) {
        Years.Read year = Years.after(tokens, end, said);
        if (year != null) {
            return YearMonth.of(year.year(), month).isValidDay(day)
                    ? new Found(days(LocalDate.of(year.year(), month, day), days, said, 0.95), year.end())
                    : null;
        }
        Tense tense = Tense.near(tokens, i, end);
        LocalDate ahead = tense == Tense.FUTURE ? nearest(month, day, said.today(), 1) : null;
        // Nobody says "on 10 April" in June of the one to come.
        boolean soon = ahead != null && ahead.isBefore(said.today().plusMonths(MONTHS_AHEAD));
        LocalDate date = soon ? ahead : nearest(month, day, said.today(), -1);
        boolean sure = soon || tense == Tense.PAST;
        return date == null ? null : new Found(days(date, days, said, sure ? 0.8 : 0.65), end);
    }

    private static TimeSpan days(LocalDate first, int days, Said said, double confidence) {
        return said.days(first, first.plusDays(days), Granularity.DAY, confidence);
    }

    /** The first such day from today on, or the last until today; null where no year has it. */
    private static @Nullable LocalDate nearest(int month, int day, LocalDate today, int step) {
        for (int years = 0; years <= YEARS_TO_A_LEAP_DAY; years++) {
            YearMonth candidate = YearMonth.of(today.getYear() + step * years, month);
            LocalDate date = candidate.isValidDay(day) ? candidate.atDay(day) : null;
            if (date != null && (step > 0 ? !date.isBefore(today) : !date.isAfter(today))) {
                return date;
            }
        }
        return null;
    }

    private static @Nullable Found monthOf(Tokens tokens, int i, int month, Said said) {
        Years.Read year = Years.after(tokens, tokens.skip(i + 1, "."), said);
        boolean cue = saysMonth(tokens, i);
        if (year != null && !isVerb(tokens, i, cue || tokens.at(i).capital())) {
            return new Found(said.month(LocalDate.of(year.year(), month, 1), 0.9), year.end());
        }
        if (!cue && Words.ambiguousMonth(tokens.word(i))) {
            return null;
        }
        LocalDate today = said.today();
        LocalDate thisYears = LocalDate.of(today.getYear(), month, 1);
        boolean ahead = Tense.near(tokens, i, i + 1) == Tense.FUTURE;
        LocalDate first = ahead
                ? (month < today.getMonthValue() ? thisYears.plusYears(1) : thisYears)
                : (month > today.getMonthValue() ? thisYears.minusYears(1) : thisYears);
        return new Found(said.month(first, cue ? 0.7 : 0.45), i + 1);
    }

    /** "On the 7th of last month"; "on the 7th" is of this month or the one before, or of the one after. */
    private static @Nullable Found dayAlone(Tokens tokens, int i, Said said) {
        int day = day(tokens.at(i));
        if (day == 0 || !tokens.at(i).ordinal() || !tokens.is(i - 1, "the")) {
            return null;
        }
        YearMonth month = YearMonth.from(said.today());
        Direction.Read read = Direction.at(tokens, tokens.skip(i + 1, "of"));
        if (read != null && tokens.is(read.end(), "month")) {
            YearMonth named = month.plusMonths(read.direction().steps());
            return named.isValidDay(day) ? new Found(said.day(named.atDay(day), 0.85), read.end() + 1) : null;
        }
        if (!saysDay(tokens.word(i - 2)) || isNamed(tokens, i + 1)) {
            return null;
        }
        boolean ahead = Tense.near(tokens, i, i + 1) == Tense.FUTURE;
        for (int months = 0; months <= 2; months++) {
            YearMonth candidate = month.plusMonths(ahead ? months : -months);
            if (candidate.isValidDay(day)) {
                LocalDate date = candidate.atDay(day);
                if (ahead ? !date.isBefore(said.today()) : !date.isAfter(said.today())) {
                    return new Found(said.day(date, 0.4), i + 1);
                }
            }
        }
        return null;
    }

    /** 1 to 31, 0 for what is no day of a month. */
    private static int day(Token token) {
        boolean plain = token.isNumber() && token.digits() <= 2 && (token.word().isEmpty() || token.ordinal());
        return plain && token.number() >= 1 && token.number() <= 31 ? token.number() : 0;
    }

    /** "On the 2nd floor", "on the 3rd try" are no days. */
    private static boolean isNamed(Tokens tokens, int i) {
        Token next = tokens.at(i);
        boolean joins = switch (next.word()) {
            case "and", "at", "in", "we", "i", "he", "she", "they", "for", "with", "to", "of", "but", "so" -> true;
            default -> false;
        };
        return !joins
                && !next.word().isEmpty()
                && Character.isLetter(next.word().charAt(0));
    }

    private static boolean saysDay(String word) {
        return switch (word) {
            case "on", "since", "until", "by", "before", "after" -> true;
            default -> false;
        };
    }

    /** Whether what stands before makes a name a month's: "in May", "early April", "since June". */
    private static boolean saysMonth(Tokens tokens, int i) {
        return switch (tokens.word(i - 1)) {
            case "in",
                    "since",
                    "until",
                    "till",
                    "during",
                    "of",
                    "by",
                    "early",
                    "late",
                    "mid",
                    "from",
                    "between",
                    "through",
                    "before",
                    "after",
                    "around" -> true;
            case "-" -> tokens.is(i - 2, "mid");
            default -> false;
        };
    }

    /** Whether the month at {@code i} is none of the verbs: by what stands before, by its day at {@code at} or the year. */
    private static boolean isMonth(Tokens tokens, int i, int at, Said said) {
        boolean month = saysMonth(tokens, i)
                || tokens.is(i - 1, "on")
                || tokens.at(at).ordinal()
                || tokens.at(i).capital()
                || Years.after(tokens, at + 1, said) != null;
        return !isVerb(tokens, i, month);
    }

    /** Whether "may" or "march" is a verb, as far as nothing makes it a month. */
    private static boolean isVerb(Tokens tokens, int i, boolean month) {
        String word = tokens.word(i);
        return !month && (word.equals("may") || word.equals("march"));
    }

    /** "March 5 miles", "May 20 people come". */
    private static boolean counts(Tokens tokens, int i, int at) {
        String word = tokens.word(i);
        String next = tokens.word(at);
        return (word.equals("may") || word.equals("march"))
                && (next.equals("people") || next.equals("km") || (next.length() > 3 && next.endsWith("s")));
    }
}
