package dev.hearth.engine.statement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One form of sentence that claims something, as {@code frames.txt} explains it.
 *
 * @param slot names the matter; with {@code *} and {@code #} where words of the sentence belong
 * @param words by which other claims of the slot are looked for
 */
record Frame(String slot, Kind kind, Set<Flag> flags, String words, Pattern pattern) {

    /** Which value a form takes. */
    enum Kind {
        WORDS,
        NAME,
        NUMBER
    }

    /** What a form says by itself. */
    enum Flag {
        SINGLE,
        AUTO,
        CHANGE,
        OVER
    }

    /** I, mine, or somebody by name. */
    private static final String SUBJECT = "(?<s>i|we|my (?:[a-z]+ ){0,2}?[a-z]+|[a-z]{2,})";

    static final List<Frame> ALL = read();

    Frame {
        flags = Set.copyOf(flags);
    }

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    private static List<Frame> read() {
        String file = "frames.txt";
        try (InputStream in = Objects.requireNonNull(Frame.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Frame::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Not readable: " + file, e);
        }
    }

    private static Frame of(String line) {
        String[] parts = line.split(" \\| ", 5);
        List<Flag> flags = List.of(parts[2].strip().split(", ", -1)).stream()
                .filter(flag -> !flag.equals("-"))
                .map(flag -> Flag.valueOf(flag.toUpperCase(Locale.ROOT)))
                .toList();
        return new Frame(
                parts[0].strip(),
                Kind.valueOf(parts[1].strip().toUpperCase(Locale.ROOT)),
                Set.copyOf(flags),
                parts[3].strip(),
                Pattern.compile("^" + parts[4].strip().replace("{S}", SUBJECT).replace("{N}", Numbers.PATTERN)));
    }
}
