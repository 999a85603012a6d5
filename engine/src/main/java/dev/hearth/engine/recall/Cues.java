package dev.hearth.engine.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a question says about the message that would answer it, beyond its words. English.
 *
 * @param words its content words alone, without function words and speakers' names, for words in common; the question
 *     itself where it has none
 * @param content the same, whose vector is compared beside the whole question's; the question itself where it is long
 * @param speaker the one speaker whom it names, as an index in the list of speakers; -1 for none or several
 * @param months the months that it names, bit 0 for January
 * @param when asks for a time
 * @param count asks for a number
 * @param name asks for a person, a place or a name
 * @param you is put to the companion about what it said or is
 * @param latest is about how things are now
 * @param first is about how things began
 */
record Cues(
        String words,
        String content,
        int speaker,
        int months,
        boolean when,
        boolean count,
        boolean name,
        boolean you,
        boolean latest,
        boolean first) {

    /** Longer texts are not questions in need of condensing. */
    private static final int MOST_WORDS = 64;

    private static final Set<String> FUNCTION_WORDS = Set.of(
            ("what when where who whom whose which why how did does do is are was were has have had would could should can"
                            + " will might may be been being the a an of in on at to for from by with and or that this it its"
                            + " his her their he they she them i my me you your many much long often some any kind type during"
                            + " about as if than then there s t after before into")
                    .split(" "));

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final Set<String> BEFORE_A_MONTH =
            Set.of("in", "of", "on", "since", "until", "during", "early", "late", "mid", "last", "this", "next");
    private static final Set<String> TIMES = Set.of("date", "day", "month", "year", "time", "week");
    private static final Set<String> QUANTITIES =
            Set.of("number", "percentage", "amount", "price", "time", "age", "total");
    private static final Set<String> HOW = Set.of("many", "much", "old", "often", "long", "far", "tall", "big");
    private static final Set<String> LATEST = Set.of(
            "current", "currently", "now", "latest", "recent", "recently", "last", "newest", "still", "nowadays");
    private static final Set<String> FIRST = Set.of("first", "initially", "originally", "earliest", "beginning");

    /** Reads a question; {@code speakers} are names in lower case, the empty one for none. */
    static Cues of(String text, List<String> speakers) {
        List<String> words = words(text);
        int named = -1;
        boolean several = false;
        StringBuilder content = new StringBuilder(text.length());
        for (String word : words) {
            String plain = plain(word);
            int speaker = plain.isEmpty() ? -1 : speakers.indexOf(plain);
            if (speaker >= 0) {
                several |= named >= 0 && named != speaker;
                named = speaker;
                continue;
            }
            if (!FUNCTION_WORDS.contains(plain)) {
                content.append(word).append(' ');
            }
        }
        boolean condensed = words.size() <= MOST_WORDS && !content.isEmpty();
        List<String> plain = words.stream().map(Cues::plain).toList();
        return new Cues(
                content.isEmpty() ? text : content.toString(),
                condensed ? content.toString().strip() : text,
                several ? -1 : named,
                months(plain),
                asksWhen(plain),
                follows(plain, "how", HOW) || follows(plain, "what", QUANTITIES),
                plain.contains("who") || plain.contains("where") || plain.contains("which") || plain.contains("name"),
                Addressed.of(plain),
                plain.stream().anyMatch(LATEST::contains),
                plain.stream().anyMatch(FIRST::contains));
    }

    private static boolean asksWhen(List<String> words) {
        return words.contains("when")
                || follows(words, "what", TIMES)
                || follows(words, "which", TIMES)
                || follows(words, "how", Set.of("long"));
    }

    /** Whether {@code first} stands just before one of the others. */
    private static boolean follows(List<String> words, String first, Set<String> others) {
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i - 1).equals(first) && others.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static int months(List<String> words) {
        int months = 0;
        for (int i = 0; i < words.size(); i++) {
            int month = MONTHS.indexOf(words.get(i));
            if (month >= 0 && (!ambiguous(month) || dated(words, i))) {
                months |= 1 << month;
            }
        }
        return months;
    }

    /** "March" and "may" are verbs too. */
    private static boolean ambiguous(int month) {
        return month == 2 || month == 4;
    }

    private static boolean dated(List<String> words, int at) {
        return (at > 0 && (BEFORE_A_MONTH.contains(words.get(at - 1)) || number(words.get(at - 1))))
                || (at + 1 < words.size() && number(words.get(at + 1)));
    }

    private static boolean number(String word) {
        return Character.isDigit(word.charAt(0));
    }

    private static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
    }

    /** Runs of letters and digits, with what stands inside words. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length()
                    && (Character.isLetterOrDigit(text.charAt(i))
                            || (start >= 0 && "'’+-".indexOf(text.charAt(i)) >= 0));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(text.substring(start, i).replace('’', '\''));
                start = -1;
            }
        }
        return words;
    }
}
