package dev.hearth.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The varying segments of a path, taken from the request line as it was sent and decoded exactly once: an external id may
 * hold slashes, dots and percent signs, and a path that was decoded or tidied before would be another user's.
 */
final class RawPath {

    private RawPath() {}

    static String segment(String rawPath, String template, String name) {
        String[] wanted = template.split("/", -1);
        String[] given = rawPath.split("/", -1);
        for (int i = 0; i < wanted.length && i < given.length; i++) {
            if (wanted[i].equals("{" + name + "}")) {
                return decode(given[i], name);
            }
        }
        throw new IllegalArgumentException("The route " + template + " has no " + name + ".");
    }

    static String decode(String segment, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(segment.charAt(i + 2), 16);
            if (low < 0) {
                throw Refusal.invalid(
                        name,
                        "The path's " + name + " holds a \"%\" that begins no percent-encoding. "
                                + "Encode a percent sign as %25.");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid(name, "The path's " + name + " is not UTF-8 once its percent-encoding is taken off.");
        }
    }
}
