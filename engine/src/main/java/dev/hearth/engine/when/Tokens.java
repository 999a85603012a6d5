package dev.hearth.engine.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A text as tokens; places outside of it hold nothing. */
final class Tokens {

    /** So much of a text is read. */
    static final int MAX_CHARACTERS = 4_096;

    private static final int MAX_DIGITS = 9;

    private final List<Token> tokens = new ArrayList<>();

    Tokens(String text) {
        int end = Math.min(text.length(), MAX_CHARACTERS);
        if (end < text.length()) {
            // Half a word or number at the cut would say something else.
            while (end > 0 && Character.isLetterOrDigit(text.charAt(end - 1))) {
                end--;
            }
        }
        int spaced = -1;
        for (int i = 0; i < end; ) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                i++;
                spaced = i;
                continue;
            }
            boolean glued = spaced != i && i > 0;
            int from = i;
            if (isDigit(c)) {
                i = run(text, i, end, true);
                int letters = run(text, i, end, false);
                tokens.add(number(text.substring(from, i), lower(text.substring(i, letters)), glued));
                i = letters;
            } else if (Character.isLetter(c)) {
                i = word(text, i, end);
                tokens.add(new Token(
                        bare(lower(text.substring(from, i)).replace('\u2019', '\'')),
                        -1,
                        0,
                        Character.isUpperCase(c),
                        glued));
            } else {
                i++;
                tokens.add(new Token(mark(c), -1, 0, false, glued));
            }
        }
    }

    int size() {
        return tokens.size();
    }

    Token at(int i) {
        return i < 0 || i >= tokens.size() ? Token.NONE : tokens.get(i);
    }

    /** The word at a place; empty where there is none or a number. */
    String word(int i) {
        Token token = at(i);
        return token.isNumber() ? "" : token.word();
    }

    boolean is(int i, String word) {
        return word(i).equals(word);
    }

    /** The place behind a word where it stands there; the place itself where it does not. */
    int skip(int i, String word) {
        return is(i, word) ? i + 1 : i;
    }

    private static Token number(String digits, String suffix, boolean glued) {
        int value = digits.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
        return new Token(suffix, value, digits.length(), false, glued);
    }

    private static int run(String text, int from, int end, boolean digits) {
        int i = from;
        while (i < end && (digits ? isDigit(text.charAt(i)) : Character.isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static int word(String text, int from, int end) {
        int i = from;
        while (i < end
                && (Character.isLetter(text.charAt(i))
                        || (isApostrophe(text.charAt(i)) && i + 1 < end && Character.isLetter(text.charAt(i + 1))))) {
            i++;
        }
        return i;
    }

    private static String bare(String word) {
        return word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    }

    private static String mark(char c) {
        return c == '\u2013' || c == '\u2014' || c == '\u2010' || c == '\u2011' ? "-" : String.valueOf(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '\u2019';
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
