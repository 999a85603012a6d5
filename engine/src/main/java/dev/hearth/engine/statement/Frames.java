package dev.hearth.engine.statement;

import dev.hearth.engine.statement.Frame.Flag;
import dev.hearth.engine.statement.Frame.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a sentence by the {@link Frame}s that it fits. */
final class Frames {

    /** Attributes of which somebody has one at a time. */
    private static final Set<String> SINGLE =
            Claims.stems("name age job address phone number email weight height birthday"
                    + " boss manager doctor dentist therapist boyfriend girlfriend partner husband wife roommate flatmate landlord"
                    + " trainer rent salary bedtime goal budget major nickname size shift deadline password username score best"
                    + " record passcode commute bank provider neighbour teacher tutor coach hairdresser dosage dose handle"
                    + " appointment exam flight wedding target plan ringtone mentor supervisor favourite code");

    private static final Predicate<String> DATED = Pattern.compile(".*(?:\\d|monday|tuesday|wednesday|thursday|friday"
                    + "|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november"
                    + "|december|noon|midnight).*")
            .asMatchPredicate();

    /** Subjects that are no names although they may begin a sentence with a capital. */
    private static final Set<String> NOBODY = Set.of(
            "it",
            "he",
            "she",
            "they",
            "you",
            "this",
            "that",
            "there",
            "who",
            "what",
            "everyone",
            "somebody",
            "nobody",
            "if",
            "when",
            "maybe",
            "people",
            "one",
            "the",
            "to",
            "not",
            "never",
            "someone",
            "everybody",
            "life",
            "work");

    private Frames() {}

    /**
     * Adds what a sentence claims.
     *
     * @param lower the sentence in small letters, as long as itself
     */
    static void read(String sentence, String lower, boolean change, List<Claim> claims) {
        for (Frame frame : Frame.ALL) {
            Matcher matcher = frame.pattern().matcher(lower);
            if (matcher.find()) {
                Claim claim = claim(frame, matcher, sentence, change);
                if (claim != null) {
                    claims.add(claim);
                }
            }
        }
    }

    private static @Nullable Claim claim(Frame frame, Matcher matcher, String sentence, boolean change) {
        String subject = subject(matcher, sentence);
        String key = String.join(" ", new TreeSet<>(Claims.stems(group(matcher, "k"))));
        String object = Claims.value(group(matcher, "n"));
        String value = value(matcher, sentence);
        Set<String> stems = Claims.stems(value);
        boolean valued = matcher.namedGroups().containsKey("v");
        if (subject == null
                || (frame.slot().contains("*") && key.isEmpty())
                || (valued && (stems.isEmpty() || !fits(frame.kind(), value)))
                || isVerb(value)
                || (frame.is(Flag.AUTO) && Pattern.matches("(?i)[a-z]+ing\\b.*", value))
                || isVerb(object)) {
            return null;
        }
        String noun = Claims.stems(object).stream().findFirst().orElse("");
        String words =
                frame.words().replace("*", Claims.value(group(matcher, "k"))).replace("#", object);
        return new Claim(
                subject + "/" + frame.slot().replace("*", key).replace("#", noun),
                stems,
                frame.is(Flag.SINGLE) || (frame.is(Flag.AUTO) && (isSingle(key) || fits(Kind.NUMBER, value))),
                change || frame.is(Flag.CHANGE),
                !frame.is(Flag.OVER),
                words + (subject.equals("i") ? "" : " " + subject));
    }

    private static String value(Matcher matcher, String sentence) {
        return matcher.namedGroups().containsKey("v")
                ? Claims.value(sentence.substring(matcher.start("v"), matcher.end("v")))
                : "";
    }

    /** Then what looked like a verb was a noun, as in "my morning drink is tea"; or nothing is claimed. */
    private static boolean isVerb(String words) {
        return Pattern.matches("(?i)(?:is|are|was|were|will|not|to be)\\b.*", words);
    }

    private static boolean isSingle(String key) {
        return Arrays.stream(key.split(" ", -1)).anyMatch(SINGLE::contains);
    }

    private static boolean fits(Kind kind, String value) {
        return switch (kind) {
            case WORDS -> true;
            case NAME -> value.chars().anyMatch(Character::isUpperCase);
            case NUMBER ->
                DATED.test(Words.lower(value)) || Words.of(value).stream().anyMatch(Numbers::isNumber);
        };
    }

    /** Whose matter it is: "i" for the user's own, the words of theirs, a name; null where it is nobody's. */
    private static @Nullable String subject(Matcher matcher, String sentence) {
        String subject = group(matcher, "s");
        if (subject.isEmpty() || subject.equals("i") || subject.equals("we") || subject.equals("my")) {
            return "i";
        }
        if (subject.startsWith("my ")) {
            return subject.substring(3);
        }
        boolean named = Character.isUpperCase(sentence.charAt(matcher.start("s")));
        return named && !NOBODY.contains(subject) ? subject : null;
    }

    private static String group(Matcher matcher, String name) {
        String group = matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return group == null ? "" : group;
    }
}
