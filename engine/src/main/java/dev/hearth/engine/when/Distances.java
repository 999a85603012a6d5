package dev.hearth.engine.when;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Expressions that count from now: "two weeks ago", "in a few days", "for three years", "the past two months". The wider
 * the unit, the wider the interval around the point that is reckoned.
 */
final class Distances {

    private Distances() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        return switch (tokens.word(i)) {
            case "in" -> ahead(tokens, i, said);
            case "for" -> lasting(tokens, i, said);
            case "past", "last", "previous" -> rolling(tokens, i, said);
            case "next", "coming" -> rollingAhead(tokens, i, said);
            default -> counted(tokens, i, said);
        };
    }

    private static @Nullable Found counted(Tokens tokens, int i, Said said) {
        Amount amount = Amount.at(tokens, i);
        if (amount == null) {
            return some(tokens, i, said);
        }
        int end = amount.end();
        return switch (tokens.word(end)) {
            case "ago", "back" -> new Found(ago(amount, said), end + 1);
            case "from" ->
                tokens.is(end + 1, "now") || tokens.is(end + 1, "today")
                        ? new Found(hence(amount, said, 1), end + 2)
                        : null;
            default -> null;
        };
    }

    /** "Years ago": some, nobody says how many; "how many years ago" asks. */
    private static @Nullable Found some(Tokens tokens, int i, Said said) {
        Unit unit = Unit.named(tokens.word(i));
        if (unit == null || !tokens.word(i).endsWith("s") || !tokens.is(i + 1, "ago") || tokens.is(i - 1, "many")) {
            return null;
        }
        return new Found(ago(new Amount(2, 6, unit, i + 1), said), i + 2);
    }

    private static @Nullable Found ahead(Tokens tokens, int i, Said said) {
        Amount amount = Amount.at(tokens, tokens.is(i + 1, "about") ? i + 2 : i + 1);
        if (amount == null) {
            return null;
        }
        // "The first time in two weeks", "twice in a week", "I read it in two days" look back or count.
        Tense tense = Tense.near(tokens, i, amount.end());
        boolean counts = tokens.is(i - 1, "time")
                || tokens.is(i - 1, "once")
                || tokens.is(i - 1, "twice")
                || tokens.is(i - 1, "times")
                || tokens.is(amount.end(), "ago")
                || tokens.is(amount.end(), "back")
                || tense == Tense.PAST;
        return counts ? null : new Found(hence(amount, said, tense == Tense.FUTURE ? 1 : 0.6), amount.end());
    }

    private static @Nullable Found lasting(Tokens tokens, int i, Said said) {
        int from = i + 1;
        while (from < i + 3 && isAbout(tokens.word(from))) {
            from++;
        }
        Amount amount = Amount.at(tokens, from);
        if (amount == null || Tense.near(tokens, i, amount.end()) == Tense.FUTURE) {
            return null;
        }
        boolean perfect = perfect(tokens, i);
        // "For a weekend" says how long and not when, unless it goes on.
        boolean article = tokens.is(from, "a") && amount.exact();
        return article && !perfect ? null : new Found(until(amount, said, perfect ? 0.6 : 0.3), amount.end());
    }

    private static boolean isAbout(String word) {
        return switch (word) {
            case "about", "over", "almost", "nearly", "around", "roughly" -> true;
            default -> false;
        };
    }

    /** Whether what lasts has not ended: "I have lived here for two years". */
    private static boolean perfect(Tokens tokens, int i) {
        for (int back = 1; back <= 6; back++) {
            String word = tokens.word(i - back);
            if (word.equals("have") || word.equals("has") || word.endsWith("'ve") || word.equals("been")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Found rolling(Tokens tokens, int i, Said said) {
        Amount amount = Amount.at(tokens, i + 1);
        if (amount != null) {
            return new Found(until(amount, said, 0.7), amount.end());
        }
        Unit unit = tokens.is(i, "past") ? Unit.named(tokens.word(i + 1)) : null;
        return unit == null || unit == Unit.WEEKEND || tokens.word(i + 1).endsWith("s")
                ? null
                : new Found(until(new Amount(1, 1, unit, i + 2), said, 0.7), i + 2);
    }

    private static @Nullable Found rollingAhead(Tokens tokens, int i, Said said) {
        Amount amount = Amount.at(tokens, i + 1);
        if (amount == null) {
            return null;
        }
        LocalDate today = said.today();
        LocalDate last = amount.unit().shift(today, amount.high());
        return new Found(said.days(today, last.plusDays(1), amount.unit().granularity(), 0.6), amount.end());
    }

    /** From so long ago until the end of today. */
    private static TimeSpan until(Amount amount, Said said, double confidence) {
        LocalDate from = amount.unit().shift(said.today(), -amount.high());
        return said.days(from, said.today().plusDays(1), amount.unit().granularity(), confidence);
    }

    private static TimeSpan ago(Amount amount, Said said) {
        return around(amount, said, -amount.high(), -amount.low());
    }

    private static TimeSpan hence(Amount amount, Said said, double sure) {
        TimeSpan span = around(amount, said, amount.low(), amount.high());
        return new TimeSpan(span.from(), span.until(), span.zone(), span.granularity(), sure * span.confidence());
    }

    private static TimeSpan around(Amount amount, Said said, int first, int last) {
        Unit unit = amount.unit();
        LocalDate from = unit.shift(said.today(), first);
        LocalDate until = unit.shift(said.today(), last);
        Granularity granularity = unit.granularity();
        double doubt = amount.exact() ? 0 : 0.25;
        return switch (unit) {
            case MINUTE ->
                near(said, Duration.ofMinutes(first), Duration.ofMinutes(last), Duration.ofMinutes(1), doubt);
            case HOUR -> near(said, Duration.ofHours(first), Duration.ofHours(last), Duration.ofMinutes(30), doubt);
            case DAY -> said.days(from, until.plusDays(1), granularity, 0.9 - doubt);
            case WEEK -> said.days(from.minusDays(3), until.plusDays(4), granularity, 0.7 - doubt);
            case WEEKEND -> said.days(monday(from).plusDays(5), monday(until).plusDays(7), granularity, 0.7 - doubt);
            case MONTH -> said.days(from.minusDays(15), until.plusDays(16), granularity, 0.6 - doubt);
            case YEAR -> years(said, from.getYear(), until.getYear(), granularity, 0.6 - doubt);
            case DECADE -> years(said, from.getYear() - 4, until.getYear() + 4, granularity, 0.5 - doubt);
        };
    }

    private static TimeSpan near(Said said, Duration first, Duration last, Duration half, double doubt) {
        Instant from = said.at().plus(first).minus(half);
        return new TimeSpan(from, said.at().plus(last).plus(half), said.zone(), Granularity.HOUR, 0.8 - doubt);
    }

    private static TimeSpan years(Said said, int from, int until, Granularity granularity, double confidence) {
        return said.days(LocalDate.of(from, 1, 1), LocalDate.of(until + 1, 1, 1), granularity, confidence);
    }

    private static LocalDate monday(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }
}
