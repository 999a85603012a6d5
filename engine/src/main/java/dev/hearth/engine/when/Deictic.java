package dev.hearth.engine.when;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Expressions that point from today: "yesterday", "tomorrow morning", "the day before yesterday", "the other day". */
final class Deictic {

    private Deictic() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        LocalDate today = said.today();
        return switch (tokens.word(i)) {
            case "today" -> day(tokens, i + 1, said, today);
            case "yesterday" -> day(tokens, i + 1, said, today.minusDays(1));
            case "tomorrow" -> day(tokens, i + 1, said, today.plusDays(1));
            case "tonight" -> new Found(said.part(today, PartOfDay.NIGHT, 0.95), i + 1);
            case "last" ->
                tokens.is(i + 1, "night")
                        ? new Found(said.part(today.minusDays(1), PartOfDay.NIGHT, 0.95), i + 2)
                        : null;
            case "this" -> thisPart(tokens, i + 1, said);
            case "day" -> around(tokens, i + 1, said);
            case "other" -> other(tokens, i, said);
            case "week", "weekend", "month", "year" -> beforeLast(tokens, i, said);
            default -> null;
        };
    }

    private static Found day(Tokens tokens, int i, Said said, LocalDate day) {
        PartOfDay part = PartOfDay.named(tokens.word(i));
        return part == null ? new Found(said.day(day, 0.95), i) : new Found(said.part(day, part, 0.95), i + 1);
    }

    private static @Nullable Found thisPart(Tokens tokens, int i, Said said) {
        PartOfDay part = PartOfDay.named(tokens.word(i));
        return part == null ? null : new Found(said.part(said.today(), part, 0.95), i + 1);
    }

    private static @Nullable Found around(Tokens tokens, int i, Said said) {
        if (tokens.is(i, "before") && tokens.is(i + 1, "yesterday")) {
            return day(tokens, i + 2, said, said.today().minusDays(2));
        }
        if (tokens.is(i, "after") && tokens.is(i + 1, "tomorrow")) {
            return day(tokens, i + 2, said, said.today().plusDays(2));
        }
        return null;
    }

    private static @Nullable Found other(Tokens tokens, int i, Said said) {
        String word = tokens.word(i + 1);
        boolean meant = tokens.is(i - 1, "the") && (word.equals("day") || word.equals("night"));
        LocalDate today = said.today();
        return meant ? new Found(said.days(today.minusDays(10), today, Granularity.DAY, 0.4), i + 2) : null;
    }

    private static @Nullable Found beforeLast(Tokens tokens, int i, Said said) {
        if (!tokens.is(i + 1, "before") || !tokens.is(i + 2, "last")) {
            return null;
        }
        TimeSpan span = switch (tokens.word(i)) {
            case "week" -> said.week(said.monday().minusWeeks(2), 0.7);
            case "weekend" -> said.weekend(said.monday().minusWeeks(2), 0.7);
            case "month" -> said.month(said.today().withDayOfMonth(1).minusMonths(2), 0.75);
            default -> said.year(said.today().getYear() - 2, 0.8);
        };
        return new Found(span, i + 3);
    }
}
