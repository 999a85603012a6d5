package dev.hearth.engine.statement;

import dev.hearth.kernel.lexical.Analyzer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads claims from what a user says: of themselves, of theirs, of people by name. A list of frames, each a form of
 * sentence with a slot and a value; what fits no frame claims nothing. Made for precision: a question, a wish or a
 * condition is no claim.
 */
final class Claims {

    private static final int MOST_CHARACTERS = 4_096;
    private static final int LONGEST_SENTENCE = 240;
    private static final int MOST_CLAIMS = 8;
    private static final int MOST_VALUE_WORDS = 6;

    private static final Pattern SENTENCE =
            Pattern.compile("[.!?\\n](?=\\s|$)|[;\\n]|,? but |,? (?:and|so) (?:now )?(?=[Ii] |[Mm]y )");

    /** What says that things are not as they were. */
    private static final Pattern CHANGE = Pattern.compile("\\b(?:now|nowadays|no longer|any ?more|any longer|instead|"
            + "these days|at the moment|currently|as of|recently|just|finally|lately|again|officially|new|changed?|"
            + "used to|moved|since last|turned out|by now|so far|already|in total|this year)\\b");

    private static final Pattern ADVERBS = Pattern.compile("\\b(?:now|nowadays|these days|at the moment|currently|"
            + "recently|just|finally|lately|already|actually|really|officially|usually|always|mostly|still|also|instead|"
            + "again|basically|probably|all of a sudden|as of (?:today|now|this \\w+|last \\w+))\\b");

    private static final Pattern OPENING =
            Pattern.compile("^(?:(?:oh|so|well|and|but|hey|hi|ok|okay|yeah|yes,|no,|guess what"
                    + "|by the way|btw|also|anyway|honestly|update|news|small update|big news|fun fact|funny thing|good news"
                    + "|you know what|you know|just so you know|i think i told you|i should mention|i should say|turns out|"
                    + "it turns out|actually|speaking of which|for the record|to be fair|as it happens|remember|in fact"
                    + "|i wanted to tell you|i have to tell you|let me tell you|did i tell you|have i told you|did i mention"
                    + "|i (?:should|have to|want to|wanted to|must) (?:tell|say|mention)(?: you)?|since (?:yesterday|monday|tuesday"
                    + "|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september"
                    + "|october|november|december|(?:last|this|the new|my new) [a-z]+)"
                    + "|(?:in|at|on|for|with|every|during) (?:[a-z]+ ){0,3}?[a-z]+,?(?= (?:i|we|my) ))"
                    + "(?: that)?[,:!.]* )+");

    /** Where a value ends. */
    private static final Pattern END = Pattern.compile(
            "[,:](?= |$)|[;()\\u2014\\u2013\"]| - |\\b(?:and (?:i|we|it|my|the|now|then)|because|"
                    + "since|which|who|where|when|while|after|before|until|so|though|although|if|thanks to|instead of|rather than|"
                    + "than|as (?:it|i|my|of)|(?:last|this|next) (?:week|month|year|weekend|night|summer|winter|spring|autumn|fall"
                    + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|today|tonight|tomorrow|(?:a |an |two |three"
                    + " |\\d+ |some |few )*(?:days?|weeks?|months?|years?) ago|any ?more|any longer|for good|these days)\\b");

    private static final Set<String> NOTHING = Set.of(
            "i", "my", "me", "you", "your", "our", "we", "very", "so", "too", "really", "about", "around", "roughly",
            "new", "now", "just", "old", "still", "mine", "some", "from", "been", "over", "back");

    private Claims() {}

    /** Adds what a text claims, in its order, and what it says to be over; mostly nothing. */
    static void read(String text, List<Claim> claims, List<Set<String>> left) {
        String read = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        Matcher ends = SENTENCE.matcher(read);
        int from = 0;
        while (from < read.length() && claims.size() < MOST_CLAIMS) {
            boolean found = ends.find(from);
            int to = found ? ends.start() : read.length();
            boolean asks = found && read.charAt(to) == '?';
            if (!asks && to - from <= LONGEST_SENTENCE) {
                sentence(read.substring(from, to), claims, left);
            }
            from = found ? ends.end() : read.length();
        }
    }

    private static void sentence(String sentence, List<Claim> claims, List<Set<String>> left) {
        String plain = Written.out(sentence);
        String lower = Words.lower(plain);
        boolean change = CHANGE.matcher(lower).find();
        String bare = without(ADVERBS, plain);
        Matcher opening = OPENING.matcher(Words.lower(bare));
        if (opening.find()) {
            bare = bare.substring(opening.end());
        }
        Frames.read(bare, Words.lower(bare), change, claims);
        left.addAll(Departures.of(bare));
        int colon = bare.indexOf(": ");
        if (colon > 0) {
            String rest = bare.substring(colon + 2);
            Frames.read(rest, Words.lower(rest), change, claims);
        }
    }

    /** Cuts out what matches in small letters. */
    private static String without(Pattern pattern, String text) {
        StringBuilder out = new StringBuilder(text.length());
        Matcher matcher = pattern.matcher(Words.lower(text));
        int from = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start());
            from = matcher.end();
        }
        return out.append(text, from, text.length())
                .toString()
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** The value that begins {@code text}: to the end of its clause. */
    static String value(String text) {
        Matcher end = END.matcher(Words.lower(text));
        int to = end.find() ? end.start() : text.length();
        String[] words = text.substring(0, to).strip().split(" ", MOST_VALUE_WORDS + 1);
        return String.join(" ", List.of(words).subList(0, Math.min(words.length, MOST_VALUE_WORDS)));
    }

    /** Stems of the content words. */
    static Set<String> stems(String text) {
        Set<String> stems = new LinkedHashSet<>();
        List<String> words = new ArrayList<>(Words.of(text));
        words.removeIf(NOTHING::contains);
        new Analyzer().analyze(String.join(" ", words), (buffer, length) -> stems.add(new String(buffer, 0, length)));
        return stems;
    }
}
