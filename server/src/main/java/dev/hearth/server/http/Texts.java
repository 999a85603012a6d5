package dev.hearth.server.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for words, times and names that come from outside. */
public final class Texts {

    /** The longest text of a message or query, in UTF-16 units. */
    public static final int MAX_TEXT = 32_768;

    public static final int MAX_EXTERNAL_ID_BYTES = 256;

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final String TIME_FORM =
            "an RFC 3339 time with a zone, as in \"2026-05-01T10:00:00Z\" or " + "\"2026-05-01T12:00:00+02:00\"";

    private Texts() {}

    public static boolean isSlug(String text) {
        return SLUG.matcher(text).matches();
    }

    static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    /** What somebody said: not blank, bounded, no control characters but line breaks and tabs. */
    public static String checkText(String text, String pointer) {
        if (text.length() > MAX_TEXT) {
            throw Refusal.tooLarge(
                    pointer,
                    "The text at " + pointer + " has " + text.length() + " characters; at most " + MAX_TEXT
                            + " are taken.");
        }
        if (text.isBlank()) {
            throw Refusal.invalid(pointer, "The text at " + pointer + " is empty. Send what was said.");
        }
        return checkCharacters(text, pointer, true);
    }

    /** A name or a short value: one line. */
    static String checkLine(String text, String pointer, int max) {
        if (text.isBlank()) {
            throw Refusal.invalid(pointer, "The value at " + pointer + " is empty.");
        }
        if (text.length() > max) {
            throw Refusal.tooLarge(
                    pointer,
                    "The value at " + pointer + " has " + text.length() + " characters; at most " + max
                            + " are taken.");
        }
        return checkCharacters(text, pointer, false);
    }

    /** Refuses control characters; line breaks and tabs are allowed where {@code lines} says so. */
    public static String checkCharacters(String text, String pointer, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBreak = c == '\n' || c == '\r' || c == '\t';
            if (Character.isISOControl(c) && !(lines && isBreak)) {
                throw Refusal.invalid(
                        pointer,
                        String.format(
                                Locale.ROOT,
                                "The value at %s holds the control character U+%04X at position %d. Remove it.",
                                pointer,
                                (int) c,
                                i));
            }
        }
        return text;
    }

    public static String checkExternalId(String id, String pointer) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_EXTERNAL_ID_BYTES) {
            throw Refusal.invalid(
                    pointer,
                    "The external id at " + pointer + " has " + bytes + " bytes; it needs 1 to 256 bytes of UTF-8.");
        }
        return checkCharacters(id, pointer, false);
    }

    static Instant checkTime(String text, String pointer, Instant now) {
        Instant time;
        try {
            if (!TIME.matcher(text).matches()) {
                throw new DateTimeException("form");
            }
            time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    pointer,
                    "The value at " + pointer + " is \"" + shown(text, 40) + "\"; expected " + TIME_FORM + ".");
        }
        if (time.isAfter(now.plus(CLOCK_SKEW))) {
            throw Refusal.invalid(
                    pointer,
                    "The time at " + pointer + " lies in the future: " + time + " is after " + now
                            + ", this server's time.");
        }
        return time;
    }

    /** A value of the client's, made fit to be shown back to it. */
    static String shown(String text, int max) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(max)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || isSurrogate(c) ? '?' : c));
        return shown.length() < text.length() ? shown + "..." : shown.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
