package dev.hearth.engine.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * Expressions around others: "since May", "early June", "between 2016 and 2018", "the week before 7 May". Each looks at
 * most two others deep.
 */
final class Frames {

    private Frames() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        Found since = tokens.is(i, "since") ? since(tokens, i + 1, said) : null;
        Found range = since == null ? range(tokens, i, said) : since;
        Found edge = range == null ? edge(tokens, i, said) : range;
        return edge == null ? beside(tokens, i, said) : edge;
    }

    private static @Nullable Found since(Tokens tokens, int i, Said said) {
        int from = tokens.skip(i, "the");
        Found found = edge(tokens, from, said);
        Found named = found == null ? TimeExpressions.plain(tokens, from, said) : found;
        if (named == null) {
            return null;
        }
        TimeSpan span = named.span();
        TimeSpan today = said.day(said.today(), 1);
        return !span.from().isBefore(today.from())
                ? named
                : new Found(joined(span, today, span.confidence() * 0.9), named.end());
    }

    private static @Nullable Found range(Tokens tokens, int i, Said said) {
        if (!tokens.is(i, "from") && !tokens.is(i, "between")) {
            return null;
        }
        Found first = TimeExpressions.plain(tokens, i + 1, said);
        boolean goesOn = first != null
                && switch (tokens.word(first.end())) {
                    case "to", "and", "until", "till", "through", "-" -> true;
                    default -> false;
                };
        Found second = first != null && goesOn ? TimeExpressions.plain(tokens, first.end() + 1, said) : null;
        if (first == null
                || second == null
                || !first.span().from().isBefore(second.span().until())) {
            return null;
        }
        double confidence = Math.min(first.span().confidence(), second.span().confidence());
        return new Found(joined(first.span(), second.span(), confidence), second.end());
    }

    private static TimeSpan joined(TimeSpan first, TimeSpan second, double confidence) {
        return new TimeSpan(first.from(), second.until(), first.zone(), first.granularity(), confidence);
    }

    /** A third of a week, month, season, year or decade. */
    private static @Nullable Found edge(Tokens tokens, int i, Said said) {
        int third = switch (tokens.word(i)) {
            case "early", "beginning", "start" -> 0;
            case "mid", "middle" -> 1;
            case "late", "end" -> 2;
            default -> -1;
        };
        if (third < 0) {
            return null;
        }
        int at = tokens.is(i + 1, "of") || tokens.is(i + 1, "in") || tokens.is(i + 1, "-") ? i + 2 : i + 1;
        Found found = TimeExpressions.plain(tokens, tokens.skip(at, "the"), said);
        if (found == null || found.span().granularity().compareTo(Granularity.WEEK) < 0) {
            return null;
        }
        TimeSpan whole = found.span();
        LocalDate from = LogicalDay.of(whole.from(), said.zone());
        long days = Math.max(3, LogicalDay.of(whole.until(), said.zone()).toEpochDay() - from.toEpochDay());
        TimeSpan part = said.days(
                from.plusDays(days * third / 3),
                from.plusDays(days * (third + 1) / 3),
                whole.granularity(),
                whole.confidence() * 0.9);
        return new Found(part, found.end());
    }

    /** "The week before 7 May", "two days after Christmas", "the Friday before 22 May". */
    private static @Nullable Found beside(Tokens tokens, int i, Said said) {
        Amount counted = Amount.at(tokens, i);
        Unit unit = Unit.named(tokens.word(i));
        Amount amount = counted == null && unit != null ? new Amount(1, 1, unit, i + 1) : counted;
        DayOfWeek weekday = Words.weekday(tokens.at(i));
        int at = amount == null ? i + 1 : amount.end();
        boolean before = tokens.is(at, "before");
        if ((amount == null && weekday == null) || (!before && !tokens.is(at, "after"))) {
            return null;
        }
        Found found = TimeExpressions.plain(tokens, tokens.skip(at + 1, "the"), said);
        if (found == null || found.span().granularity() != Granularity.DAY) {
            return null;
        }
        LocalDate day = LogicalDay.of(found.span().from(), said.zone());
        double confidence = found.span().confidence() * 0.9;
        if (amount == null) {
            LocalDate meant = day.with(before ? TemporalAdjusters.previous(weekday) : TemporalAdjusters.next(weekday));
            return new Found(said.day(meant, confidence), found.end());
        }
        return amount.unit().ofClock()
                ? null
                : new Found(beside(amount, counted == null, before, day, said, confidence), found.end());
    }

    /** A named unit is the whole stretch beside the day; a count of them leads to a day of its own. */
    private static TimeSpan beside(
            Amount amount, boolean stretch, boolean before, LocalDate day, Said said, double confidence) {
        Unit unit = amount.unit();
        Granularity granularity = unit.granularity();
        if (unit == Unit.WEEKEND) {
            LocalDate saturday = day.with(
                    before
                            ? TemporalAdjusters.previous(DayOfWeek.SATURDAY)
                            : TemporalAdjusters.next(DayOfWeek.SATURDAY));
            return said.days(saturday, saturday.plusDays(2), granularity, confidence);
        }
        LocalDate far = unit.shift(day, before ? -amount.high() : amount.high());
        if (stretch) {
            return before
                    ? said.days(far, day, granularity, confidence)
                    : said.days(day.plusDays(1), far.plusDays(1), granularity, confidence);
        }
        LocalDate near = unit.shift(day, before ? -amount.low() : amount.low());
        return before
                ? said.days(far, near.plusDays(1), granularity, confidence)
                : said.days(near, far.plusDays(1), granularity, confidence);
    }
}
