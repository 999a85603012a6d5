package dev.hearth.kernel.lexical;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a text becomes terms, the same for documents and for queries.
 *
 * <ol>
 *   <li>A word is a run of letters, digits and combining marks, with apostrophes inside; a possessive 's is cut off.
 *   <li>Letters are lower-cased one by one; compatibility forms and accents are folded ("Café" is "cafe").
 *   <li>Common English words are left out. What else is all a to z is stemmed ({@link PorterStemmer}).
 *   <li>Chinese, Japanese and Korean are written without spaces where words end, and become overlapping pairs of
 *       characters; a character alone stays alone. Thai, Lao and Khmer are not divided.
 *   <li>Everything else (punctuation, emoji) only separates. A word's first 64 characters count.
 * </ol>
 *
 * <p>Allocates next to nothing per term. One thread at a time; cheap to make.
 */
public final class Analyzer {

    /** Takes terms in the order of the text. */
    @FunctionalInterface
    public interface Sink {
        /** One term: the first {@code length} characters of {@code buffer}, which is used again for the next. */
        void term(char[] buffer, int length);
    }

    private static final int LONGEST = 64;

    private static final Set<String> COMMON = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private final PorterStemmer stemmer = new PorterStemmer();
    private final char[] word = new char[LONGEST + 2];
    private int length;
    private boolean plain;

    /** Gives every term of {@code text} to {@code sink}. Linear in the text. */
    public void analyze(String text, Sink sink) {
        String folded = fold(text);
        int previous = 0;
        boolean paired = false;
        int size;
        for (int i = 0; i < folded.length(); i += size) {
            int point = folded.codePointAt(i);
            size = Character.charCount(point);
            if (unspaced(point)) {
                endWord(sink);
                if (previous != 0) {
                    pair(previous, point, sink);
                }
                paired = previous != 0;
                previous = point;
                continue;
            }
            if (previous != 0 && !paired) {
                pair(previous, 0, sink);
            }
            previous = 0;
            paired = false;
            if (inWord(point)) {
                add(Character.toLowerCase(point));
            } else if (!(point == '\'' && length > 0)) {
                endWord(sink);
            } else {
                add('\'');
            }
        }
        if (previous != 0 && !paired) {
            pair(previous, 0, sink);
        }
        endWord(sink);
    }

    /** The terms of {@code text} as strings, for tests and for showing. */
    public List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        analyze(text, (buffer, size) -> terms.add(new String(buffer, 0, size)));
        return terms;
    }

    private void add(int point) {
        if (length == 0) {
            plain = true;
        }
        if (length < LONGEST) {
            length += Character.toChars(point, word, length);
            plain &= point >= 'a' && point <= 'z';
        }
    }

    private void endWord(Sink sink) {
        boolean apostrophes = !plain;
        while (apostrophes && length > 0 && word[length - 1] == '\'') {
            length--;
        }
        if (apostrophes && length > 2 && word[length - 1] == 's' && word[length - 2] == '\'') {
            length -= 2;
        }
        if (length > 0) {
            boolean letters = plain || lettersOnly();
            if (!letters) {
                sink.term(word, length);
            } else if (!common()) {
                sink.term(word, stemmer.stem(word, length));
            }
        }
        length = 0;
    }

    private boolean lettersOnly() {
        for (int i = 0; i < length; i++) {
            if (word[i] < 'a' || word[i] > 'z') {
                return false;
            }
        }
        return true;
    }

    private boolean common() {
        // The longest common word has five letters, which spares most words the string.
        return length <= 5 && COMMON.contains(new String(word, 0, length));
    }

    private void pair(int first, int second, Sink sink) {
        int size = Character.toChars(first, word, 0);
        if (second != 0) {
            size += Character.toChars(second, word, size);
        }
        sink.term(word, size);
    }

    private static boolean inWord(int point) {
        if (point < 128) {
            return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9');
        }
        return Character.isLetterOrDigit(point)
                || switch (Character.getType(point)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    private static boolean unspaced(int point) {
        if (point < 0x1100 || !Character.isLetter(point)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> point == 'ー';
        };
    }

    /** Compatibility forms and accents folded; text that is all ASCII comes back as it is. */
    private static String fold(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length() && ascii; i++) {
            ascii = text.charAt(i) < 128;
        }
        if (ascii) {
            return text;
        }
        String apart = Normalizer.normalize(text.replace('\u2019', '\''), Normalizer.Form.NFKD);
        StringBuilder without = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            // Only the accents of Latin, Greek and Cyrillic: other scripts' marks tell words apart.
            if (c < '\u0300' || c > '\u036F') {
                without.append(c);
            }
        }
        return Normalizer.normalize(without, Normalizer.Form.NFC);
    }
}
