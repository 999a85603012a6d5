package dev.hearth.engine.when;

import java.time.DayOfWeek;
import org.jspecify.annotations.Nullable;

/** The words of the calendar. */
final class Words {

    private Words() {}

    /** 1 to 12, 0 for what is no month. */
    static int month(Token token) {
        if (token.isNumber()) {
            return 0;
        }
        return switch (token.word()) {
            case "january" -> 1;
            case "february" -> 2;
            case "march" -> 3;
            case "april" -> 4;
            case "may" -> 5;
            case "june" -> 6;
            case "july" -> 7;
            case "august" -> 8;
            case "september" -> 9;
            case "october" -> 10;
            case "november" -> 11;
            case "december" -> 12;
            default -> token.capital() ? shortMonth(token.word()) : 0;
        };
    }

    private static int shortMonth(String word) {
        return switch (word) {
            case "jan" -> 1;
            case "feb" -> 2;
            case "mar" -> 3;
            case "apr" -> 4;
            case "jun" -> 6;
            case "jul" -> 7;
            case "aug" -> 8;
            case "sep", "sept" -> 9;
            case "oct" -> 10;
            case "nov" -> 11;
            case "dec" -> 12;
            default -> 0;
        };
    }

    /** Whether a month's name is also a verb or a person's name, or short, so that it needs something beside it. */
    static boolean ambiguousMonth(String word) {
        return switch (word) {
            case "january", "february", "july", "september", "october", "november", "december" -> false;
            default -> true;
        };
    }

    static @Nullable DayOfWeek weekday(Token token) {
        return switch (token.isNumber() ? "" : token.word()) {
            case "monday" -> DayOfWeek.MONDAY;
            case "tuesday" -> DayOfWeek.TUESDAY;
            case "wednesday" -> DayOfWeek.WEDNESDAY;
            case "thursday" -> DayOfWeek.THURSDAY;
            case "friday" -> DayOfWeek.FRIDAY;
            case "saturday" -> DayOfWeek.SATURDAY;
            case "sunday" -> DayOfWeek.SUNDAY;
            default -> null;
        };
    }

    /** The same with short names, for places where a weekday is to be expected: "sun" and "sat" are words as well. */
    static @Nullable DayOfWeek expectedWeekday(Token token) {
        DayOfWeek whole = weekday(token);
        if (whole != null || !token.capital()) {
            return whole;
        }
        return switch (token.word()) {
            case "mon" -> DayOfWeek.MONDAY;
            case "tue", "tues" -> DayOfWeek.TUESDAY;
            case "wed" -> DayOfWeek.WEDNESDAY;
            case "thu", "thur", "thurs" -> DayOfWeek.THURSDAY;
            case "fri" -> DayOfWeek.FRIDAY;
            case "sat" -> DayOfWeek.SATURDAY;
            case "sun" -> DayOfWeek.SUNDAY;
            default -> null;
        };
    }

    /** The month in which a season begins, north of the equator; 0 for what is no season. */
    static int season(String word) {
        return switch (word) {
            case "spring" -> 3;
            case "summer" -> 6;
            case "fall", "autumn" -> 9;
            case "winter" -> 12;
            default -> 0;
        };
    }

    /** 1 to 90, 0 for what is no number. */
    static int number(String word) {
        return switch (word) {
            case "one" -> 1;
            case "two" -> 2;
            case "three" -> 3;
            case "four" -> 4;
            case "five" -> 5;
            case "six" -> 6;
            case "seven" -> 7;
            case "eight" -> 8;
            case "nine" -> 9;
            case "ten" -> 10;
            case "eleven" -> 11;
            case "twelve" -> 12;
            case "fifteen" -> 15;
            case "eighteen" -> 18;
            case "twenty" -> 20;
            case "thirty" -> 30;
            case "forty" -> 40;
            case "fifty" -> 50;
            case "sixty" -> 60;
            case "ninety" -> 90;
            default -> 0;
        };
    }
}
