package dev.hearth.engine.statement;

import dev.hearth.kernel.lexical.Analyzer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a sentence about a text says only what the text can bear, as far as words show it: its numbers, its names and
 * what it is about. Pure functions; linear in their texts.
 */
public final class Support {

    /** Words that say too little to be what a sentence is about, or that begin one without being a name. */
    private static final Set<String> LIGHT = Set.of(
            "i",
            "me",
            "my",
            "mine",
            "myself",
            "you",
            "your",
            "yours",
            "he",
            "him",
            "his",
            "she",
            "her",
            "hers",
            "it",
            "its",
            "we",
            "us",
            "our",
            "they",
            "them",
            "their",
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "those",
            "there",
            "here",
            "who",
            "what",
            "which",
            "when",
            "where",
            "why",
            "how",
            "and",
            "or",
            "but",
            "so",
            "if",
            "because",
            "as",
            "at",
            "by",
            "for",
            "from",
            "in",
            "into",
            "of",
            "on",
            "to",
            "with",
            "about",
            "than",
            "then",
            "after",
            "before",
            "since",
            "until",
            "during",
            "am",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "have",
            "has",
            "had",
            "having",
            "do",
            "does",
            "did",
            "can",
            "could",
            "will",
            "would",
            "shall",
            "should",
            "may",
            "might",
            "must",
            "not",
            "no",
            "yes",
            "too",
            "also",
            "just",
            "very",
            "really",
            "some",
            "any",
            "all",
            "both",
            "each",
            "every",
            "own",
            "now",
            "user",
            "companion");

    private static final String SENTENCE_ENDS = ".!?";

    /** So many words of a text a sentence has at least, where one of its words is not the text's. */
    private static final int FEWEST_BESIDE_A_STRAY = 2;

    private Support() {}

    /** How many words a text has. */
    public static int words(String text) {
        return Words.of(text).size();
    }

    /** Whether every number of a sentence, in digits or as a word, is one of the text's. */
    public static boolean numbers(String sentence, String text) {
        Set<String> known = new HashSet<>();
        Words.of(text).stream().map(Support::number).forEach(known::add);
        return Words.of(sentence).stream().filter(Numbers::isNumber).allMatch(word -> known.contains(number(word)));
    }

    private static String number(String word) {
        int value = Numbers.value(word);
        return value >= 0 ? Integer.toString(value) : word.replace(",", "");
    }

    /**
     * Whether every name of a sentence is one of the text's: every word with a capital. A word that begins a sentence may
     * also be one without a meaning of its own, or another form of one of the text's.
     *
     * @param own names that need not be in the text
     */
    public static boolean names(String sentence, String text, Collection<String> own) {
        Set<String> known = new HashSet<>(Words.of(text));
        own.forEach(name -> known.addAll(Words.of(name)));
        known.add("i");
        Set<String> stems = new HashSet<>(new Analyzer().terms(text));
        boolean begins = true;
        for (String written : sentence.split("\\s+", -1)) {
            if (written.isEmpty()) {
                continue;
            }
            boolean capital = written.codePoints().anyMatch(Character::isUpperCase);
            for (String word : capital ? words(written, begins, stems) : List.<String>of()) {
                if (!known.contains(word)) {
                    return false;
                }
            }
            begins = SENTENCE_ENDS.indexOf(written.charAt(written.length() - 1)) >= 0;
        }
        return true;
    }

    /** The words of one that is written with a capital, but for those that only begin a sentence. */
    private static List<String> words(String written, boolean begins, Set<String> stems) {
        List<String> words = Words.of(written);
        boolean plain = words.stream().allMatch(LIGHT::contains) || stems.containsAll(new Analyzer().terms(written));
        return begins && plain ? List.of() : words;
    }

    /**
     * Whether a sentence and a quote share a word, by its stem, that says what they are about.
     *
     * @param own names that do not count
     */
    public static boolean touches(String sentence, String quote, Collection<String> own) {
        Set<String> shared = content(sentence);
        shared.retainAll(content(quote));
        own.forEach(name -> shared.removeAll(content(name)));
        return !shared.isEmpty();
    }

    /**
     * Whether a text has the words of a sentence, by their stems, that say what it is about: all of them, or all but one
     * where at least two others are there. Numbers are left to {@link #numbers}.
     *
     * @param own names that do not count
     */
    public static boolean covers(String sentence, String text, Collection<String> own) {
        Set<String> said = content(sentence);
        own.forEach(name -> said.removeAll(content(name)));
        int all = said.size();
        new Analyzer().terms(String.join(" ", Words.of(text))).forEach(said::remove);
        return said.isEmpty() || (said.size() == 1 && all > FEWEST_BESIDE_A_STRAY);
    }

    private static Set<String> content(String text) {
        StringBuilder heavy = new StringBuilder();
        for (String word : Words.of(text)) {
            if (!LIGHT.contains(word.toLowerCase(Locale.ROOT)) && !Numbers.isNumber(word)) {
                heavy.append(word).append(' ');
            }
        }
        return new HashSet<>(new Analyzer().terms(heavy.toString()));
    }
}
