package dev.hearth.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Quotes what was said without changing its words: whole sentences of it, on one line, in quotation marks that close. */
final class Quotation {

    /** The longest quotation, in characters. */
    static final int LONGEST = 300;

    private Quotation() {}

    /**
     * {@code text} in quotation marks.
     *
     * @param about the content words asked about: of a long text the part is taken that begins with the sentence nearest to them
     * @param longest at most so many characters between the marks
     */
    static String of(String text, Set<String> about, int longest) {
        String flat = flat(text);
        if (flat.length() <= longest) {
            return "“" + flat + "”";
        }
        List<String> sentences = sentences(flat);
        int best = 0;
        double bestOverlap = 0;
        for (int i = 0; i < sentences.size(); i++) {
            double overlap = Words.overlap(about, Words.content(sentences.get(i)));
            if (overlap > bestOverlap) {
                best = i;
                bestOverlap = overlap;
            }
        }
        StringBuilder quoted = new StringBuilder(best > 0 ? "… " : "");
        int at = best;
        // The sentence that answers and the one after it: more would bury it.
        while (at < Math.min(best + 2, sentences.size())
                && quoted.length() + sentences.get(at).length() <= longest) {
            quoted.append(at == best ? "" : " ").append(sentences.get(at));
            at++;
        }
        if (at == best) {
            quoted.append(cut(sentences.get(best), longest - quoted.length() - 1))
                    .append('…');
        } else if (at < sentences.size()) {
            quoted.append(" …");
        }
        return "“" + quoted + "”";
    }

    /** At most {@code longest} characters of {@code text}, ending with a word where there are words. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Math.max(0, longest);
        int space = text.lastIndexOf(' ', end);
        if (space > end / 2) {
            end = space;
        } else if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).stripTrailing();
    }

    /** One line, without control and direction characters, its own quotation marks turned into single ones. */
    static String flat(String text) {
        StringBuilder flat = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
                continue;
            }
            boolean joins = c == '\u200d' || c == '\u200c';
            if (Character.isISOControl(c) || (Character.getType(c) == Character.FORMAT && !joins)) {
                continue;
            }
            if (space && !flat.isEmpty()) {
                flat.append(' ');
            }
            space = false;
            flat.append(
                    switch (c) {
                        case '“', '„' -> '‘';
                        case '”' -> '’';
                        case '"' -> '\'';
                        default -> c;
                    });
        }
        return flat.toString();
    }

    /** The sentences of a text; a text without marks is one. */
    static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean last = i + 1 == text.length();
            char c = text.charAt(i);
            boolean wide = c == '。' || c == '！' || c == '？';
            boolean narrow = c == '.' || c == '!' || c == '?' || c == '…' || c == '؟';
            if (last || c == '\n' || wide || (narrow && Character.isWhitespace(text.charAt(i + 1)))) {
                String sentence = text.substring(start, i + 1).strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
                start = i + 1;
            }
        }
        return sentences;
    }
}
