package dev.hearth.engine.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The words of a text: in small letters, contractions written out, numbers apart from what stands on them. */
final class Words {

    private static final Map<String, String> ENDINGS =
            Map.of("m", "am", "re", "are", "ve", "have", "ll", "will", "d", "would");

    private static final Map<String, List<String>> SHORT = Map.of(
            "can't", List.of("can", "not"),
            "won't", List.of("will", "not"),
            "cannot", List.of("can", "not"),
            "im", List.of("i", "am"),
            "ive", List.of("i", "have"),
            "dont", List.of("do", "not"),
            "u", List.of("you"),
            "favorite", List.of("favourite"),
            "color", List.of("colour"));

    private static final int[] SHORT_HASHES =
            SHORT.keySet().stream().mapToInt(String::hashCode).sorted().toArray();

    private static final int LONGEST_SHORT = "favorite".length();

    private Words() {}

    static List<String> of(String text) {
        return of(text, Integer.MAX_VALUE);
    }

    /** About the first {@code most} words. */
    static List<String> of(String text, int most) {
        List<String> words = new ArrayList<>();
        each(text, (start, end) -> {
            add(text.substring(start, end), words);
            return words.size() < most;
        });
        return words;
    }

    /** Takes a word as it stands in the text; false for no more. */
    @FunctionalInterface
    interface Sink {
        boolean word(int start, int end);
    }

    /** The words as they stand in the text, contractions whole. */
    static void each(String text, Sink sink) {
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && inWord(text, i, start);
            boolean turns = inside && start >= 0 && Character.isDigit(text.charAt(i)) != digits(text, i);
            if (start >= 0 && (!inside || turns)) {
                if (!sink.word(start, i)) {
                    return;
                }
                start = -1;
            }
            if (inside && start < 0) {
                start = i;
            }
        }
    }

    /** Whether a word with this hash is one that is written out as others. */
    static boolean isShort(int hash) {
        return Arrays.binarySearch(SHORT_HASHES, hash) >= 0;
    }

    /** Letters, digits, halves of letters beyond the first plane; within a word an apostrophe, within a number a point. */
    private static boolean inWord(String text, int i, int start) {
        char c = text.charAt(i);
        if (c == ' ') {
            return false;
        }
        if (Character.isLetterOrDigit(c) || (Character.getType(c) == Character.NON_SPACING_MARK && c != '\uFE0F')) {
            return true;
        }
        if (Character.isSurrogate(c)) {
            int point = Character.isHighSurrogate(c) ? text.codePointAt(i) : i > 0 ? text.codePointAt(i - 1) : c;
            return Character.isLetterOrDigit(point);
        }
        boolean between = start >= 0 && i + 1 < text.length();
        if (!between) {
            return false;
        }
        boolean apostrophe = c == '\'' || c == '\u2019';
        char before = text.charAt(i - 1);
        char after = text.charAt(i + 1);
        if (apostrophe) {
            return Character.isLetter(before) && Character.isLetter(after);
        }
        return ".,:".indexOf(c) >= 0 && Character.isDigit(before) && Character.isDigit(after);
    }

    private static boolean digits(String text, int i) {
        char before = text.charAt(i - 1);
        char here = text.charAt(i);
        if (!Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(here)) {
            return Character.isDigit(here);
        }
        return Character.isDigit(before);
    }

    static void add(String raw, List<String> words) {
        String word = lower(raw);
        List<String> written = word.length() <= LONGEST_SHORT ? SHORT.get(word) : null;
        if (written != null) {
            words.addAll(written);
            return;
        }
        if (word.endsWith("n't") && word.length() > 3) {
            words.add(word.substring(0, word.length() - 3));
            words.add("not");
            return;
        }
        int apostrophe = word.lastIndexOf('\'');
        if (apostrophe < 0) {
            words.add(word);
            return;
        }
        String stem = word.substring(0, apostrophe);
        String ending = word.substring(apostrophe + 1);
        words.add(stem);
        if (ending.equals("s")) {
            // "that's" is "that is"; of a name it may be a possessive, where nothing follows.
            if (isPronoun(stem)) {
                words.add("is");
            }
        } else {
            words.add(ENDINGS.getOrDefault(ending, ending));
        }
    }

    private static boolean isPronoun(String word) {
        return switch (word) {
            case "it", "that", "what", "he", "she", "who", "there", "here", "how", "where", "let" -> true;
            default -> false;
        };
    }

    /** Letter by letter, so that the length stays. */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != lower(c)) {
                return lowered(text);
            }
        }
        return text;
    }

    private static String lowered(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = lower(lower[i]);
        }
        return new String(lower);
    }

    static char lower(char c) {
        return c == '\u2019' ? '\'' : Character.toLowerCase(c);
    }
}
