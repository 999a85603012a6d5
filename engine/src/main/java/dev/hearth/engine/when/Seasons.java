package dev.hearth.engine.when;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Seasons, north of the equator and by whole months: "in the summer", "summer of 2022". */
final class Seasons {

    private Seasons() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        int season = Words.season(tokens.word(i));
        if (season == 0) {
            return null;
        }
        Years.Read year = Years.after(tokens, i + 1, said);
        if (year != null) {
            return new Found(span(LocalDate.of(year.year(), season, 1), said, 0.75), year.end());
        }
        // "Fall" and "spring" are verbs as well, and a bare "summer" may be any.
        int before = tokens.is(i - 1, "the") ? i - 2 : i - 1;
        boolean meant = switch (tokens.word(before)) {
            case "in", "during", "over", "since", "until", "by", "throughout" -> true;
            default -> false;
        };
        if (!meant) {
            return null;
        }
        Tense tense = Tense.near(tokens, before, i + 1);
        LocalDate begun = begun(season, said.today());
        boolean ahead = tense == Tense.FUTURE && !begun.plusMonths(3).isAfter(said.today());
        return new Found(span(ahead ? begun.plusYears(1) : begun, said, tense == Tense.UNKNOWN ? 0.4 : 0.6), i + 1);
    }

    static TimeSpan span(int season, Direction direction, Said said, double confidence) {
        LocalDate begun = begun(season, said.today());
        boolean over = !begun.plusMonths(3).isAfter(said.today());
        LocalDate begins = switch (direction) {
            case LAST -> over ? begun : begun.minusYears(1);
            // Of this year; a winter that goes on is this one, too.
            case THIS ->
                over && LocalDate.of(said.today().getYear(), season, 1).isAfter(begun) ? begun.plusYears(1) : begun;
            case NEXT -> begun.plusYears(1);
        };
        return span(begins, said, confidence);
    }

    private static TimeSpan span(LocalDate begins, Said said, double confidence) {
        return said.days(begins, begins.plusMonths(3), Granularity.SEASON, confidence);
    }

    /** The first day of the last such season that has begun. */
    private static LocalDate begun(int season, LocalDate today) {
        LocalDate thisYears = LocalDate.of(today.getYear(), season, 1);
        return thisYears.isAfter(today) ? thisYears.minusYears(1) : thisYears;
    }
}
