package dev.hearth.engine.statement;

import dev.hearth.kernel.lexical.Analyzer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether two texts say the same. */
public final class Sameness {

    /** Words that change nothing of what is said. */
    private static final Set<String> FILLERS = Set.of(
            "a",
            "an",
            "the",
            "really",
            "very",
            "so",
            "just",
            "oh",
            "well",
            "hey",
            "hi",
            "haha",
            "hahaha",
            "lol",
            "please",
            "actually",
            "totally",
            "quite",
            "absolutely",
            "definitely",
            "honestly",
            "literally",
            "ah",
            "um",
            "uh",
            "hmm",
            "btw",
            "ok",
            "okay");

    private static final int[] FILLER_HASHES =
            FILLERS.stream().mapToInt(String::hashCode).sorted().toArray();

    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "hardly");

    /** Words by which the same text means something else on another day. */
    private static final Set<String> RELATIVE = Set.of(
            "today",
            "tonight",
            "tomorrow",
            "yesterday",
            "now",
            "ago",
            "next",
            "last",
            "this",
            "just",
            "recently",
            "soon",
            "later",
            "earlier",
            "currently",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "weekend",
            "week",
            "month",
            "morning",
            "afternoon",
            "evening",
            "again");

    /** Of near duplicates, at most one content word in so many differs. */
    private static final int ALIKE = 10;

    /** What a hash is taken of; of a longer text also its length counts. */
    private static final int HASHED_WORDS = 32;

    private Sameness() {}

    /**
     * Stands for what a text says, but for capitals, punctuation, spaces, contractions and words that change nothing:
     * mostly the same for texts that are {@link #same}, always for texts that are equal, and rarely for others.
     *
     * @param byUser the same words of another speaker are something else
     */
    public static int hash(String text, boolean byUser) {
        long hash = (byUser ? 0xCBF29CE484222325L : 0x9AE16A3B2F90404FL) ^ (asks(text) ? 0xD6E8FEB86659FD93L : 0);
        hash ^= new Fingerprint(text, FILLER_HASHES, HASHED_WORDS).value();
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        return (int) (hash >>> 32);
    }

    /** Whether two texts are the same but for capitals, punctuation, spaces and words that change nothing. */
    public static boolean same(String one, String other) {
        return one.equals(other) || essence(one, Words.of(one)).equals(essence(other, Words.of(other)));
    }

    /** Whether a text names a time by its distance from now, so that on another day it says something else. */
    public static boolean relative(String text) {
        return Words.of(text).stream().anyMatch(RELATIVE::contains);
    }

    /**
     * Whether two texts of like meaning are near duplicates by their words: of ten content words at most one differs, and
     * none that is a name, a number or a negation.
     */
    public static boolean near(String one, String other) {
        if (asks(one) != asks(other)) {
            return false;
        }
        Set<String> first = content(one);
        Set<String> second = content(other);
        Set<String> union = new HashSet<>(first);
        union.addAll(second);
        Set<String> different = new HashSet<>(union);
        different.removeIf(word -> first.contains(word) && second.contains(word));
        return !union.isEmpty()
                && different.size() * ALIKE <= union.size()
                && different.stream().noneMatch(Sameness::tells)
                && names(one).equals(names(other));
    }

    private static boolean tells(String word) {
        return NEGATIONS.contains(word) || Character.isDigit(word.charAt(0)) || Numbers.isNumber(word);
    }

    private static List<String> essence(String text, List<String> words) {
        List<String> essence = new ArrayList<>(words);
        essence.removeIf(FILLERS::contains);
        if (essence.isEmpty()) {
            essence.addAll(words);
        }
        if (asks(text)) {
            essence.add("?");
        }
        return essence;
    }

    private static boolean asks(String text) {
        return text.indexOf('?') >= 0;
    }

    private static Set<String> content(String text) {
        Set<String> content = new HashSet<>(new Analyzer().terms(text));
        // The analyser leaves them out as common words.
        Words.of(text).stream().filter(NEGATIONS::contains).forEach(content::add);
        return content;
    }

    /** Words with a capital inside a sentence. */
    private static Set<String> names(String text) {
        Set<String> names = new HashSet<>();
        for (int i = 2; i < text.length(); i++) {
            if (Character.isUpperCase(text.charAt(i))
                    && text.charAt(i - 1) == ' '
                    && ".!?".indexOf(text.charAt(i - 2)) < 0) {
                int end = i;
                while (end < text.length() && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                names.add(text.substring(i, end));
            }
        }
        return names;
    }
}
