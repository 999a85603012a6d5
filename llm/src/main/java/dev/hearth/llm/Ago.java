package dev.hearth.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * How long ago something was said, in words that hold in every time zone: they go by the time that has passed, and
 * only "earlier today", "yesterday" and months lean on the calendar, in UTC.
 */
final class Ago {

    private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five", "six", "seven");

    private Ago() {}

    /** Such as "three days ago" or "in March"; empty where {@code said} lies in the future. */
    static String of(Instant said, Instant at) {
        Duration passed = Duration.between(said, at);
        if (passed.compareTo(Duration.ofMinutes(-10)) < 0) {
            return "";
        }
        if (passed.compareTo(Duration.ofMinutes(10)) < 0) {
            return "just now";
        }
        if (passed.compareTo(Duration.ofMinutes(90)) < 0) {
            return "a little while ago";
        }
        if (passed.compareTo(Duration.ofHours(6)) < 0) {
            return "a few hours ago";
        }
        LocalDate then = LocalDate.ofInstant(said, ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        if (passed.compareTo(Duration.ofHours(18)) < 0) {
            return then.equals(today) ? "earlier today" : "less than a day ago";
        }
        long days = (passed.toHours() + 12) / 24;
        if (days <= 1) {
            return then.equals(today) ? "earlier today" : "yesterday";
        }
        if (days < 7) {
            return NUMBERS.get((int) days) + " days ago";
        }
        if (days < 11) {
            return "about a week ago";
        }
        if (days < 25) {
            return "about " + NUMBERS.get((int) ((days + 3) / 7)) + " weeks ago";
        }
        if (days < 45) {
            return "about a month ago";
        }
        String month = then.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return then.getYear() == today.getYear() ? "in " + month : "in " + month + " " + then.getYear();
    }
}
