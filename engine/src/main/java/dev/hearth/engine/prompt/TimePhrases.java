package dev.hearth.engine.prompt;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The moment of a turn in words, coarse: finer than a part of the day it would break the provider's cache for nothing. */
final class TimePhrases {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);

    private TimePhrases() {}

    static String now(Instant at, ZoneId zone, @Nullable Instant lastTurn) {
        ZonedDateTime local = at.atZone(zone);
        String now = "It is " + WEEKDAY.format(local) + " " + partOfDay(local.getHour()) + ", " + DAY.format(local)
                + ", where the user is.";
        if (lastTurn == null) {
            return now + " This is the first conversation.";
        }
        Duration since = Duration.between(lastTurn, at);
        if (since.toHours() < 6) {
            return now;
        }
        long days = since.toDays();
        String ago = days == 0 ? since.toHours() + " hours ago" : days == 1 ? "a day ago" : days + " days ago";
        return now + " The last conversation was " + ago + ".";
    }

    static String day(Instant at, ZoneId zone) {
        return DAY.format(at.atZone(zone));
    }

    private static String partOfDay(int hour) {
        return hour < 5 ? "night" : hour < 12 ? "morning" : hour < 18 ? "afternoon" : hour < 22 ? "evening" : "night";
    }
}
