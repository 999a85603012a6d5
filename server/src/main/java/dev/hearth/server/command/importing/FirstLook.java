package dev.hearth.server.command.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** What a file looks like at its beginning, so that one that was mistaken for another is told as what it is. */
public final class FirstLook {

    private static final long MOST_BYTES = 16L << 30;
    private static final int HEAD = 1 << 16;

    private FirstLook() {}

    /**
     * Looks at a file.
     *
     * @throws Unreadable where it is not of the format, saying what it is
     */
    public static void at(Path file, HistoryFormat wanted) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Unreadable("There is no file " + file + ".");
        }
        if (!Files.isReadable(file)) {
            throw new Unreadable("The file " + file + " cannot be read by this user.");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new Unreadable("The file " + file + " is over 16 GiB. Split it and import the parts.");
        }
        byte[] head;
        try (InputStream in = CountedInput.open(file)) {
            head = in.readNBytes(HEAD);
        }
        if (new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
            throw new Unreadable("The file " + file + " is empty.");
        }
        refuseBinary(file, head);
        Optional<HistoryFormat> found = format(fields(head));
        if (found.isEmpty()) {
            throw new Unreadable("The file " + file + " does not look like " + wanted.description() + ".");
        }
        if (found.get() != wanted) {
            throw new Unreadable("The file " + file + " looks like "
                    + found.get().description() + ", not like " + wanted.description() + ". Run this again with --as "
                    + found.get().word() + ".");
        }
    }

    private static void refuseBinary(Path file, byte[] head) {
        if (head.length > 3 && head[0] == (byte) 0x89 && head[1] == 'P' && head[2] == 'N' && head[3] == 'G') {
            throw new Unreadable("The file " + file + " is a picture (a character card?), not a history.");
        }
        if (head.length > 1 && (head[0] == (byte) 0xFE || head[0] == (byte) 0xFF)) {
            throw new Unreadable("The file " + file + " is not UTF-8 (UTF-16?). Save it as UTF-8 and run this again.");
        }
        for (byte one : head) {
            if (one == 0) {
                throw new Unreadable("The file " + file + " is binary (compressed, or a database?), not a history.");
            }
        }
    }

    private static Optional<HistoryFormat> format(Set<String> fields) {
        if (fields.contains("chat_metadata")
                || (fields.contains("character_name") && fields.contains("user_name"))
                || fields.contains("mes")) {
            return Optional.of(HistoryFormat.SILLYTAVERN_CHAT);
        }
        boolean wrapped = fields.contains("results") || fields.contains("memories");
        return wrapped || fields.contains("memory") || fields.contains("data") || fields.contains("user_id")
                ? Optional.of(HistoryFormat.MEM0)
                : Optional.empty();
    }

    /** The names in the first object, as far as the beginning goes; an empty list counts as an empty export. */
    private static Set<String> fields(byte[] head) {
        Set<String> fields = new HashSet<>();
        try (JsonParser parser = JsonMapper.shared().createParser(head)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                token = parser.nextToken();
                if (token == JsonToken.END_ARRAY) {
                    return Set.of("results");
                }
            }
            while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                fields.add(parser.currentName());
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // The beginning is cut off, or broken: what was seen so far decides.
            return fields;
        }
        return fields;
    }
}
