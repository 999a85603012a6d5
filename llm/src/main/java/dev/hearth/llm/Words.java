package dev.hearth.llm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a text, lightly stemmed where they carry content. */
final class Words {

    /** Words that say nothing about what a sentence is about. */
    private static final Set<String> FUNCTION =
            Set.of(("a an the and or but if then so of to in on at by for from with about into "
                            + "over under as than too very just also not no yes i me my mine myself you your yours yourself he him his she "
                            + "her hers it its we us our they them their this that these those there here what when where who whom whose "
                            + "which why how is am are was were be been being do does did done have has had having can could will would "
                            + "shall should may might must s t d m re ve ll don didn doesn isn wasn aren won again ever please still now "
                            + "remember recall remind know tell told say said saying talk talked mention mentioned think thought ask asked "
                            + "hey hi hello oh ok okay well really like much many some any all more most anything something everything")
                    .split(" "));

    /** Content that fits too many questions to decide one. */
    private static final Set<String> WEAK = stems(
            "name day time date thing kind sort year week "
                    + "month today tomorrow yesterday go going get got good new make want need lot favorite favourite call called");

    /** Words whose presence shows that a text is English. */
    private static final Set<String> ENGLISH =
            Set.of(("the is my you what when where who how did do does are have i and of to it "
                            + "that your this about can hello hi thanks")
                    .split(" "));

    private Words() {}

    /** All words in lower case, in order. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i <= lower.length(); i++) {
            boolean inside = i < lower.length()
                    && (Character.isLetterOrDigit(lower.charAt(i))
                            || Character.isSurrogate(lower.charAt(i))
                            || Character.getType(lower.charAt(i)) == Character.NON_SPACING_MARK);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(lower.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    /** The stems of the words that carry content. */
    static Set<String> content(String text) {
        Set<String> content = new HashSet<>();
        for (String word : of(text)) {
            if (!FUNCTION.contains(word)) {
                content.add(stem(word));
            }
        }
        return content;
    }

    /** How much of {@code question} is found in {@code text}, in [0, 1]; both as {@link #content} answers them. */
    static double overlap(Set<String> question, Set<String> text) {
        double all = 0;
        double found = 0;
        for (String stem : question) {
            double weight = WEAK.contains(stem) ? 0.3 : 1;
            all += weight;
            found += text.contains(stem) ? weight : 0;
        }
        return all == 0 ? 0 : found / all;
    }

    /** Whether they share a word that means something by itself; any word where the question has no such word. */
    static boolean meet(Set<String> question, Set<String> text) {
        boolean onlyWeak = WEAK.containsAll(question);
        return question.stream().anyMatch(stem -> (onlyWeak || !WEAK.contains(stem)) && text.contains(stem));
    }

    /** Whether the text is plainly in another language, which these word lists know nothing about. */
    static boolean foreign(String text) {
        List<String> words = of(text);
        boolean other = words.size() >= 3 || text.chars().anyMatch(c -> c > 0x7f && Character.isLetter(c));
        return other && words.stream().noneMatch(ENGLISH::contains);
    }

    private static String stem(String word) {
        String stem = word;
        if (stem.length() > 4 && stem.endsWith("ies")) {
            stem = stem.substring(0, stem.length() - 3) + "y";
        } else if (stem.length() > 5 && stem.endsWith("ing")) {
            stem = stem.substring(0, stem.length() - 3);
        } else if (stem.length() > 4 && stem.endsWith("ed")) {
            stem = stem.substring(0, stem.length() - 2);
        } else if (stem.length() > 3 && stem.endsWith("s") && !stem.endsWith("ss")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        int last = stem.length() - 1;
        boolean doubled = last > 2 && stem.charAt(last) == stem.charAt(last - 1) && stem.length() < word.length();
        return doubled || (last > 2 && stem.endsWith("e")) ? stem.substring(0, last) : stem;
    }

    private static Set<String> stems(String words) {
        Set<String> stems = new HashSet<>();
        for (String word : words.split(" ", -1)) {
            stems.add(stem(word));
        }
        return Set.copyOf(stems);
    }
}
