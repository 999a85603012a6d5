package dev.hearth.embed.onnx;

import java.text.Normalizer;
import java.util.function.Consumer;

/**
 * BERT's basic tokenization, uncased: control characters go, Chinese characters stand alone, accents are stripped
 * (canonical decomposition without non-spacing marks), letters become lower case, white space separates, every
 * punctuation character is a word of its own. Lone surrogates count as control characters.
 */
final class BasicTokens {

    private BasicTokens() {}

    /** Gives {@code words} each word of {@code text}, in order; none is empty. */
    static void forEach(String text, Consumer<String> words) {
        String clean = isAscii(text) ? text : decomposed(text);
        StringBuilder word = new StringBuilder(32);
        int point;
        for (int at = 0; at < clean.length(); at += Character.charCount(point)) {
            point = clean.codePointAt(at);
            if (isSpace(point)) {
                end(word, words);
            } else if (isPunctuation(point) || isChinese(point)) {
                end(word, words);
                words.accept(Character.toString(Character.toLowerCase(point)));
            } else if (!isControl(point) && Character.getType(point) != Character.NON_SPACING_MARK) {
                word.appendCodePoint(Character.toLowerCase(point));
            }
        }
        end(word, words);
    }

    private static void end(StringBuilder word, Consumer<String> words) {
        if (!word.isEmpty()) {
            words.accept(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Decomposed after the control characters are gone: one between a letter and its accent must not part them. */
    private static String decomposed(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(point -> isSpace(point) || !isControl(point)).forEach(kept::appendCodePoint);
        return Normalizer.normalize(kept, Normalizer.Form.NFD);
    }

    private static boolean isControl(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> point == 0xFFFD;
        };
    }

    private static boolean isSpace(int point) {
        return point == ' '
                || point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x80
                        && switch (Character.getType(point)) {
                            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                                true;
                            default -> false;
                        });
    }

    private static boolean isPunctuation(int point) {
        if (point < 0x80) {
            return point > ' ' && point < 0x7F && !Character.isLetterOrDigit(point);
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** What BERT calls Chinese: ideographs, not kana, not Hangul; 0x2B920 and not 0x2B820, as HuggingFace has it. */
    private static boolean isChinese(int point) {
        return (point >= 0x4E00 && point <= 0x9FFF)
                || (point >= 0x3400 && point <= 0x4DBF)
                || (point >= 0x20000 && point <= 0x2A6DF)
                || (point >= 0x2A700 && point <= 0x2B73F)
                || (point >= 0x2B740 && point <= 0x2B81F)
                || (point >= 0x2B920 && point <= 0x2CEAF)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0x2F800 && point <= 0x2FA1F);
    }
}
