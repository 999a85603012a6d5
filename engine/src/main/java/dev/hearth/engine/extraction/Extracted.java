package dev.hearth.engine.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model answered, read line by line: {@code 17 | "quote" | fact}, or {@code NONE}.
 *
 * @param drafts in the order of their lines, at most {@link #MOST}
 * @param refused lines that are no fact, and facts beyond the most
 */
record Extracted(List<Draft> drafts, int refused) {

    /** So many facts are taken of one answer. */
    static final int MOST = 20;

    private static final int LONGEST_LINE = 4_000;
    private static final String NOTHING = "NONE";
    private static final Pattern LINE = Pattern.compile("(\\d{1,4})\\s*\\|\\s*\"(.*)\"\\s*\\|\\s*(\\S.*)");

    Extracted {
        drafts = List.copyOf(drafts);
    }

    /**
     * Reads an answer; empty where nothing of it can be read.
     *
     * @param cut whether it ended before the model was done: then its last line is not taken
     */
    static Optional<Extracted> read(String answer, boolean cut) {
        List<String> lines = new ArrayList<>(answer.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
        if (cut && !lines.isEmpty()) {
            lines.removeLast();
        }
        if (lines.size() == 1 && lines.getFirst().equals(NOTHING)) {
            return Optional.of(new Extracted(List.of(), 0));
        }
        List<Draft> drafts = new ArrayList<>();
        int refused = 0;
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.length() > LONGEST_LINE ? "" : line);
            if (drafts.size() < MOST && matcher.matches()) {
                drafts.add(new Draft(Integer.parseInt(matcher.group(1)), plain(matcher.group(2)), matcher.group(3)));
            } else {
                refused++;
            }
        }
        return drafts.isEmpty() ? Optional.empty() : Optional.of(new Extracted(drafts, refused));
    }

    /** As it was before it was quoted for the model. */
    private static String plain(String quoted) {
        return quoted.replace("\\\"", "\"")
                .replace("\\\\", "\\")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
    }
}
