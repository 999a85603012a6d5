package dev.hearth.engine.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a user's text says, as far as it can be held against others.
 *
 * @param claims what fits a frame
 * @param left stems of what it says to be so no more
 * @param stems of all its words
 * @param brief whether it is one short statement of the user's own, which a newer one can take the place of by naming it
 */
public record Statement(List<Claim> claims, List<Set<String>> left, Set<String> stems, boolean brief) {

    private static final int MOST_WORDS = 16;
    private static final Pattern OF_ANOTHER = Pattern.compile("(?i)\\bmy [a-z]+['\u2019]s ");
    private static final Set<String> OWN = Set.of("i", "my", "we", "our", "me", "mine");

    public Statement {
        claims = List.copyOf(claims);
        left = List.copyOf(left);
        stems = Set.copyOf(stems);
    }

    /** Reads a text; costs some hundred microseconds. */
    public static Statement of(String text) {
        List<Claim> claims = new ArrayList<>();
        List<Set<String>> left = new ArrayList<>();
        Claims.read(text, claims, left);
        List<String> words = Words.of(text, MOST_WORDS + 1);
        boolean brief = words.size() <= MOST_WORDS
                && text.indexOf('?') < 0
                && !OF_ANOTHER.matcher(text).find()
                && words.stream().anyMatch(OWN::contains);
        return new Statement(claims, left, brief ? Claims.stems(text) : Set.of(), brief);
    }

    /** Whether there is anything by which it could take another's place. */
    public boolean tells() {
        return !claims.isEmpty() || !left.isEmpty();
    }

    /** Whether this, said later, takes the place of {@code older}. */
    public boolean replaces(Statement older) {
        return claims.stream().anyMatch(claim -> older.claims.stream().anyMatch(claim::replaces))
                || (older.brief && left.stream().anyMatch(older.stems::containsAll) && !older.left.equals(left));
    }

    /** Words by which the statements are found that this could take the place of. */
    public String words() {
        Set<String> words = new HashSet<>();
        claims.forEach(claim -> words.add(claim.words()));
        left.forEach(words::addAll);
        return String.join(" ", words);
    }
}
