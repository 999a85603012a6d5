package dev.hearth.engine.recall;

import java.util.Set;
import java.util.regex.Pattern;

/** What the form of a message says, in 16 bits: ranking needs no more of its text. English. */
final class Traits {

    private static final int BY_USER = 1;
    private static final int ASKS = 2;
    private static final int ENDS_ASKING = 4;
    private static final int NUMBER = 8;
    private static final int TIMED = 16;
    private static final int NAMES_SHIFT = 5;
    private static final int MOST_NAMES = 3;
    /** What a long message is judged by. */
    private static final int READ = 4_096;

    private static final Set<String> TIME_WORDS = Set.of(
            ("yesterday today tonight tomorrow last next ago week weekend month year monday tuesday wednesday thursday friday"
                            + " saturday sunday january february march april june july august september october november"
                            + " december morning recently since")
                    .split(" "));

    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

    private Traits() {}

    static short of(String text, boolean byUser) {
        int traits = byUser ? BY_USER : 0;
        traits |= text.indexOf('?') >= 0 ? ASKS : 0;
        traits |= text.stripTrailing().endsWith("?") ? ENDS_ASKING : 0;
        int names = 0;
        int end = Math.min(text.length(), READ);
        int start = -1;
        for (int i = 0; i <= end; i++) {
            boolean inside = i < end && Character.isLetterOrDigit(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                traits |= word(text, start, i);
                names += named(text, start, i) ? 1 : 0;
                start = -1;
            }
        }
        return (short) (traits | Math.min(names, MOST_NAMES) << NAMES_SHIFT);
    }

    private static int word(String text, int start, int end) {
        boolean number = Character.isDigit(text.charAt(start));
        String word = text.substring(start, end);
        boolean timed = number
                ? YEAR.matcher(word).matches()
                : end - start <= 9 && TIME_WORDS.contains(word.toLowerCase(java.util.Locale.ROOT));
        return (number ? NUMBER : 0) | (timed ? TIMED : 0);
    }

    /** A capital inside a sentence, with small letters behind it. */
    private static boolean named(String text, int start, int end) {
        return start > 1
                && end - start > 1
                && text.charAt(start - 1) == ' '
                && (Character.isLowerCase(text.charAt(start - 2)) || text.charAt(start - 2) == ',')
                && Character.isUpperCase(text.charAt(start))
                && Character.isLowerCase(text.charAt(start + 1));
    }

    static boolean byUser(short traits) {
        return (traits & BY_USER) != 0;
    }

    static boolean asks(short traits) {
        return (traits & ASKS) != 0;
    }

    static boolean endsAsking(short traits) {
        return (traits & ENDS_ASKING) != 0;
    }

    static boolean number(short traits) {
        return (traits & NUMBER) != 0;
    }

    static boolean timed(short traits) {
        return (traits & TIMED) != 0;
    }

    /** 0 to 1: how many names it has, three or more being 1. */
    static float names(short traits) {
        return (traits >> NAMES_SHIFT & MOST_NAMES) / (float) MOST_NAMES;
    }
}
