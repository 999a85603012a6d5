package dev.hearth.engine.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** A weekday or the weekend by itself: "on Friday", "Saturday morning", "over the weekend". The tense says which. */
final class Weekdays {

    private Weekdays() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        if (tokens.is(i, "weekend")) {
            return weekend(tokens, i, said);
        }
        Token token = tokens.at(i);
        boolean on = tokens.is(i - 1, "on") || tokens.is(i - 1, "since") || tokens.is(i - 1, "until");
        DayOfWeek weekday = on ? Words.expectedWeekday(token) : Words.weekday(token);
        if (weekday == null || isOther(tokens, i) || (!on && !token.capital())) {
            return null;
        }
        boolean part = PartOfDay.named(tokens.word(i + 1)) != null;
        Tense tense = Tense.near(tokens, i, part ? i + 2 : i + 1);
        LocalDate day = said.today()
                .with(
                        tense == Tense.FUTURE
                                ? TemporalAdjusters.nextOrSame(weekday)
                                : TemporalAdjusters.previousOrSame(weekday));
        double confidence = (tense == Tense.UNKNOWN ? 0.4 : 0.7) * (on ? 1 : 0.8);
        return withPart(tokens, i + 1, day, confidence, said);
    }

    /** The day, or the part of it that is named at {@code i}. */
    static Found withPart(Tokens tokens, int i, LocalDate day, double confidence, Said said) {
        PartOfDay part = PartOfDay.named(tokens.word(i));
        return part == null
                ? new Found(said.day(day, confidence), i)
                : new Found(said.part(day, part, confidence), i + 1);
    }

    private static @Nullable Found weekend(Tokens tokens, int i, Said said) {
        if (!tokens.is(i - 1, "the")) {
            return null;
        }
        return switch (Tense.near(tokens, i, i + 1)) {
            case PAST -> new Found(said.weekend(lastBegun(said), 0.6), i + 1);
            case FUTURE -> new Found(said.weekend(said.monday(), 0.6), i + 1);
            case UNKNOWN -> new Found(said.weekend(lastBegun(said), 0.35), i + 1);
        };
    }

    private static LocalDate lastBegun(Said said) {
        boolean begun = said.today().getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
        return said.monday().minusWeeks(begun ? 0 : 1);
    }

    /** "Every Friday" and "Friday nights" are none in particular; "Freaky Friday" is no mere Friday. */
    private static boolean isOther(Tokens tokens, int i) {
        String next = tokens.word(i + 1);
        if (next.endsWith("s") && PartOfDay.named(next.substring(0, next.length() - 1)) != null) {
            return true;
        }
        return switch (tokens.word(i - 1)) {
            case "every",
                    "each",
                    "any",
                    "some",
                    "a",
                    "good",
                    "freaky",
                    "ash",
                    "black",
                    "cyber",
                    "fat",
                    "one",
                    "most",
                    "no" -> true;
            default -> false;
        };
    }
}
