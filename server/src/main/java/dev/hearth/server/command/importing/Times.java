package dev.hearth.server.command.importing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as other programs write them: ISO 8601 (with a space too), milliseconds or seconds since 1970, and SillyTavern's
 * {@code June 19, 2023 2:20pm} and {@code 2024-07-12@01h31m37s123ms}. One without a zone is of the given zone.
 */
final class Times {

    /** Less than this many milliseconds since 1970 would be before March 1973: those are seconds. */
    private static final long FIRST_MILLISECONDS = 100_000_000_000L;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");
    private static final Pattern HUMANIZED = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2}) ?@(\\d{1,2})h ?(\\d{1,2})m ?(\\d{1,2})s(?: ?(\\d{1,3})ms)?");
    private static final DateTimeFormatter OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    Optional<Instant> read(String text) {
        String time = text.strip();
        if (DIGITS.matcher(time).matches()) {
            long number = Long.parseLong(time);
            return Optional.of(
                    number < FIRST_MILLISECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
        }
        return attempt(time, this::iso)
                .or(() -> attempt(time, this::humanized))
                .or(() -> attempt(time, this::meridiem));
    }

    private static Optional<Instant> attempt(String text, Function<String, Instant> form) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Instant iso(String text) {
        String joined = text.length() > 10 && text.charAt(10) == ' '
                ? text.replaceFirst(" ", "T").replace(" ", "")
                : text;
        if (joined.length() == 10) {
            return LocalDate.parse(joined).atStartOfDay(zone).toInstant();
        }
        return OFFSET.parseBest(joined.toUpperCase(Locale.ROOT), OffsetDateTime::from, LocalDateTime::from)
                        instanceof OffsetDateTime exact
                ? exact.toInstant()
                : LocalDateTime.parse(joined.toUpperCase(Locale.ROOT))
                        .atZone(zone)
                        .toInstant();
    }

    private Instant humanized(String text) {
        Matcher parts = HUMANIZED.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("form");
        }
        String millis = parts.group(7);
        return LocalDateTime.of(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        Integer.parseInt(parts.group(4)),
                        Integer.parseInt(parts.group(5)),
                        Integer.parseInt(parts.group(6)))
                .with(ChronoField.MILLI_OF_SECOND, millis == null ? 0 : Integer.parseInt(millis))
                .atZone(zone)
                .toInstant();
    }

    private Instant meridiem(String text) {
        String spaced = text.replaceFirst("(?i)\\s*(am|pm)$", " $1");
        for (String month : new String[] {"MMMM", "MMM"}) {
            DateTimeFormatter form = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(month + " d, uuuu h:mm a")
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
            Optional<Instant> time = attempt(
                    spaced, at -> LocalDateTime.parse(at, form).atZone(zone).toInstant());
            if (time.isPresent()) {
                return time.get();
            }
        }
        throw new DateTimeException("form");
    }
}
