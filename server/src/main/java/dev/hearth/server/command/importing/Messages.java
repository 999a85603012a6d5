package dev.hearth.server.command.importing;

import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes messages that the server takes, or says why one cannot be made. */
final class Messages {

    private static final int MOST_TEXT = 32_768;
    private static final int MOST_SPEAKER = 200;
    private static final int MOST_ID_BYTES = 200;

    private final Instant now;

    Messages(Instant now) {
        this.now = now;
    }

    Entry of(
            long place,
            String id,
            Role role,
            @Nullable String speaker,
            String session,
            String raw,
            Optional<Instant> time) {
        String text = fit(raw, true);
        if (text.isBlank()) {
            return new Entry.Left(place, Reason.NO_TEXT);
        }
        if (text.length() > MOST_TEXT) {
            return new Entry.Left(place, Reason.TEXT_TOO_LONG);
        }
        if (time.isEmpty()) {
            return new Entry.Left(place, Reason.NO_TIME);
        }
        if (time.get().isAfter(now)) {
            return new Entry.Left(place, Reason.FUTURE);
        }
        String line = speaker == null ? "" : cut(fit(speaker, false).strip(), MOST_SPEAKER);
        return new Entry.Taken(
                place,
                new ImportedMessage(
                        id,
                        role,
                        line.isEmpty() ? null : line,
                        cut(fit(session, false), MOST_SPEAKER),
                        text,
                        time.get()));
    }

    /** An id of the given words: themselves where they are short and plain, else their hash. */
    static String id(String prefix, String words) {
        boolean plain = words.getBytes(StandardCharsets.UTF_8).length <= MOST_ID_BYTES
                && !words.isEmpty()
                && fit(words, false).equals(words);
        return prefix + (plain ? words : hash(words));
    }

    static String hash(String words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Without control characters and halves of characters, which the server does not take. */
    private static String fit(String text, boolean lines) {
        StringBuilder fit = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean isBreak = c == '\n' || c == '\r' || c == '\t';
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                fit.append('\uFFFD');
            } else if (!Character.isISOControl(c) || (lines && isBreak)) {
                fit.appendCodePoint(c);
            }
        });
        return fit.toString();
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
