package dev.hearth.engine.statement;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms of sentences that claim something. Each is a pattern over a sentence in small letters, read from its
 * beginning: {@code s} is the subject, {@code k} what tells the slot, {@code v} where the value begins.
 */
final class Frames {

    /** I, mine, or somebody by name. */
    private static final String SUBJECT = "(?<s>i|we|my (?:[a-z]+ ){0,2}?[a-z]+|[a-z]{2,})";

    private static final String NUMBER = Numbers.PATTERN;

    private static final String WEEKDAY_OR_NUMBER =
            ".*(?:\\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january"
                    + "|february|march|april|may|june|july|august|september|october|november|december|noon|midnight).*";

    /** Attributes of which somebody has one at a time. */
    private static final Set<String> SINGLE = Set.of(
            "name",
            "age",
            "job",
            "address",
            "phone",
            "number",
            "email",
            "weight",
            "height",
            "birthday",
            "boss",
            "manager",
            "doctor",
            "dentist",
            "therapist",
            "boyfriend",
            "girlfriend",
            "partner",
            "husband",
            "wife",
            "roommate",
            "flatmate",
            "landlord",
            "trainer",
            "rent",
            "salary",
            "bedtime",
            "goal",
            "budget",
            "major",
            "nickname",
            "size",
            "shift",
            "deadline",
            "password",
            "username",
            "score",
            "best",
            "record",
            "passcode",
            "commute",
            "bank",
            "provider",
            "neighbour",
            "neighbor",
            "teacher",
            "tutor",
            "coach",
            "hairdresser",
            "allergy",
            "dosage",
            "dose",
            "handle",
            "appointment",
            "exam",
            "flight",
            "wedding",
            "target",
            "plan",
            "ringtone",
            "locker",
            "mentor",
            "supervisor");

    private static final Set<String> SINGLE_STEMS = Claims.stems(String.join(" ", SINGLE));

    /** Which value a form takes. */
    private enum Kind {
        /** Any words. */
        WORDS,
        /** A name: with a capital. */
        NAME,
        /** A number. */
        NUMBER
    }

    /**
     * One form.
     *
     * @param slot names the matter; with {@code *} where the pattern's {@code k} belongs
     * @param single whether there is one value at a time; null where the slot's own words decide
     * @param changes whether the form itself tells of a change
     * @param words by which others of the slot are looked for
     */
    private record Frame(
            Pattern pattern,
            String slot,
            Kind kind,
            @Nullable Boolean single,
            boolean changes,
            boolean holds,
            String words) {}

    private static Frame frame(String pattern, String slot, Kind kind, boolean single, boolean changes, String words) {
        return new Frame(Pattern.compile("^" + pattern), slot, kind, single, changes, true, words);
    }

    private static final String LIVING = "live lives living moved moving based relocated";
    private static final String WORKING = "work works working job joined started employed";

    private static final List<Frame> FRAMES = List.of(
            frame(
                    SUBJECT
                            + " (?:live|lives|am living|is living|am based|is based|reside|resides)(?: (?:over|down|up|out))?"
                            + " (?:in|at) (?<v>.+)",
                    "home",
                    Kind.NAME,
                    false,
                    false,
                    LIVING),
            frame(
                    SUBJECT
                            + " (?:have |has )?(?:moved|relocated|am moving|is moving|settled|settled down)(?: (?:back|over|down"
                            + "|up|out|house|flat))* (?:to|in|into) (?<v>.+)",
                    "home",
                    Kind.NAME,
                    false,
                    true,
                    LIVING),
            frame(
                    SUBJECT + " (?:work|works|am working|is working|am employed|is employed) (?:at|for|with) (?<v>.+)",
                    "work",
                    Kind.NAME,
                    false,
                    false,
                    WORKING),
            frame(
                    SUBJECT
                            + " (?:have |has )?(?:started|started working|started work|begun working|got (?:a|my) (?:new )?job"
                            + "|took (?:a|the) (?:new )?job|landed a job|have a new job|am starting) (?:at|for|with) (?<v>.+)",
                    "work",
                    Kind.NAME,
                    false,
                    true,
                    WORKING),
            frame(SUBJECT + " (?:have |has )?joined (?<v>.+)", "work", Kind.NAME, false, true, WORKING),
            frame(
                    SUBJECT + " (?:work|works|am working|is working) as (?:a |an |the )?(?<v>.+)",
                    "job",
                    Kind.WORDS,
                    false,
                    false,
                    "work works working job promoted became"),
            frame(
                    SUBJECT
                            + " (?:have been |has been |was |got |have |has )?(?:promoted to|become|became|retrained as|started"
                            + " (?:working )?as) (?:a |an |the )?(?<v>.+)",
                    "job",
                    Kind.WORDS,
                    false,
                    true,
                    "work works working job promoted became"),
            frame(
                    SUBJECT
                            + " (?:weigh|weighs|am down to|is down to|am up to|is up to|am at|dropped to|got down to|went (?:down|"
                            + "up) to|have reached) (?:about |around |roughly |almost )?(?<v>" + NUMBER
                            + ") ?(?:kg|kgs|kilos?|kilograms?|pounds|lbs?|stone)\\b",
                    "weight",
                    Kind.NUMBER,
                    true,
                    false,
                    "weigh weight kg kilos pounds"),
            frame(
                    SUBJECT + " (?:am|is) (?<v>" + NUMBER + ")(?: years old| years of age|$)",
                    "age",
                    Kind.NUMBER,
                    true,
                    false,
                    "years old turned birthday age"),
            frame(
                    SUBJECT + " (?:have |has )?(?:turned|turn) (?<v>" + NUMBER + ")\\b(?! (?:down|into|off|on))",
                    "age",
                    Kind.NUMBER,
                    true,
                    true,
                    "years old turned birthday age"),
            frame(
                    "(?<s>my)(?: (?:new|current|all-time|absolute))* favourite (?<k>(?:[a-z]+ ){0,2}?[a-z]+) (?:is|are|became|has"
                            + " become|has to be|would be|changed to) (?<v>.+)",
                    "favourite *",
                    Kind.WORDS,
                    true,
                    false,
                    "favourite *"),
            frame(
                    "(?<v>.+?) (?:is|are|became|has become) (?<s>my)(?: (?:new|current|all-time|absolute))* favourite"
                            + " (?<k>(?:[a-z]+ ){0,2}?[a-z]+)$",
                    "favourite *",
                    Kind.WORDS,
                    true,
                    false,
                    "favourite *"),
            frame(
                    "(?:i think )?(?<s>i|we) (?:like|love|prefer) (?<v>.+?) (?:best|most|the most|more than any other)(?: of all)?"
                            + " (?<k>[a-z]+)s?$",
                    "favourite *",
                    Kind.WORDS,
                    true,
                    false,
                    "favourite *"),
            frame(
                    "(?:my|our|the)(?: (?:new|current))? (?<k>(?:[a-z]+ ){0,3}?[a-z]+) (?:is|are|was|got|has|have)(?: been| being|"
                            + " got)?(?: going to be)? (?:moved|postponed|rescheduled|pushed(?: back)?|brought forward|changed|delayed|"
                            + "shifted|bumped)(?: back| forward| up)? (?:to|until|till|on|from .+ to) (?<v>.+)",
                    "thing *",
                    Kind.WORDS,
                    true,
                    true,
                    "*"),
            frame(
                    "(?:my|our|the)(?: (?:new|current))? (?<k>(?:[a-z]+ ){0,3}?[a-z]+) (?:is|will be|takes place|is set|is scheduled|"
                            + "starts|begins|ends|is due|leaves|is booked)(?: for)? (?:on|at|for|by) (?<v>.+)",
                    "thing *",
                    Kind.NUMBER,
                    true,
                    false,
                    "*"),
            new Frame(
                    Pattern.compile(
                            "^my(?: (?:new|current))? (?<k>(?:[a-z]+ ){0,2}?[a-z]+) (?:is|are) (?:called|named) (?<v>.+)"),
                    "name *",
                    Kind.WORDS,
                    false,
                    false,
                    true,
                    "* called named"),
            new Frame(
                    Pattern.compile(
                            "^my(?: (?:new|current))? (?<k>(?:[a-z]+ ){0,3}?[a-z]+) (?:is|are|was changed to|changed to"
                                    + "|went (?:up|down) to|dropped to|rose to|has become|became|turned into|is (?:down|up) to|is set to) (?<v>.+)"),
                    "thing *",
                    Kind.WORDS,
                    null,
                    false,
                    true,
                    "*"),
            frame(
                    SUBJECT
                            + " (?:changed|set|switched|moved|raised|lowered|cut|upped|dropped|increased|reduced|updated) my"
                            + " (?<k>(?:[a-z]+ ){0,2}?[a-z]+) (?:from .+ )?to (?<v>.+)",
                    "thing *",
                    Kind.WORDS,
                    true,
                    true,
                    "*"),
            frame(
                    SUBJECT
                            + " (?<k>drive|ride|study|attend|bank with|subscribe to|commute by|major in|live with|room with|pay|earn"
                            + "|make|drink|wear|sleep on|cook with|train with|play|use|get to work by|go to work by) (?<v>.+)",
                    "does *",
                    Kind.WORDS,
                    false,
                    false,
                    "*"),
            frame(
                    SUBJECT
                            + " (?:am|is) (?<k>reading|dating|seeing|rewatching|watching|bingeing|training for|saving for|studying|"
                            + "learning|knitting|writing|working on|living with) (?<v>.+)",
                    "doing *",
                    Kind.WORDS,
                    false,
                    false,
                    "*"),
            frame(
                    SUBJECT
                            + " (?:have |has )?(?:started|begun|moved on to) (?<k>reading|dating|seeing|watching|training for|saving"
                            + " for|studying|learning|knitting|writing|working on) (?<v>.+)",
                    "doing *",
                    Kind.WORDS,
                    false,
                    true,
                    "*"),
            frame(
                    SUBJECT
                            + " (?<k>wakes? up|gets? up|goe?s? to bed|goe?s? to sleep|goe?s? running|starts? work|finish work|have"
                            + " dinner|have lunch) (?:at|around|by) (?<v>" + NUMBER + ".*)",
                    "does *",
                    Kind.NUMBER,
                    true,
                    false,
                    "*"),
            frame(
                    SUBJECT + " (?<k>(?:have|has|own|owns)(?: [a-z]+(?:ed|en|ten|ad|un|ught|one))?) (?<v>" + NUMBER
                            + ") (?<n>[a-z]+(?: [a-z]+)?)\\b",
                    "count * #",
                    Kind.NUMBER,
                    true,
                    false,
                    "* #"),
            frame(
                    SUBJECT
                            + " (?<k>(?:go|goes|meet|meets|see|sees|call|calls|visit|visits|train|trains|run|runs|swim|swims|work"
                            + " out|practise|practice|have|take|takes|water|feed|volunteer|cook|bake|babysit|teach)(?: [a-z' ]{1,40}?)?)"
                            + " (?<v>once|twice|(?:" + NUMBER
                            + ") times|every|every other|every second) (?:a |an |per )?(?:day|week|month"
                            + "|year|night|morning|evening|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
                    "often *",
                    Kind.WORDS,
                    true,
                    false,
                    "*"),
            ended(SUBJECT + " (?:do|does) not (?<k>[a-z]+)(?: (?<n>.+))? (?:any ?more|any longer)"),
            ended(SUBJECT + " no longer (?<k>[a-z]+?)(?: (?<n>.+))?$"),
            ended(SUBJECT + " (?:have |has )?(?:stopped|quit|given up|gave up) (?<k>[a-z]+ing)(?: (?<n>.+))?$"),
            ended(SUBJECT + " used to (?<k>[a-z]+)(?: (?<n>.+))?$"),
            new Frame(
                    Pattern.compile("^" + SUBJECT
                            + " (?<k>drink|eat|smoke|play|use|own|take|watch|read|do|cook|bake|paint|draw|"
                            + "sing|dance|climb|swim|run|cycle|knit|garden|box|surf|ski|volunteer|meditate|journal|code|vape|gamble|stream|"
                            + "drive|ride|speak|teach|collect|fish|hunt|hike|jog|work|live|like|love|hate|want|have|wear|attend|study|need|date"
                            + ")(?:s|es)?\\b(?: (?<n>.+))?$"),
                    "habit * #",
                    Kind.WORDS,
                    false,
                    false,
                    true,
                    "* #"),
            frame(
                    SUBJECT
                            + " (?:have |has )?(?:switched|changed|went|gone|swapped|moved|upgraded|transferred|converted)"
                            + "(?: [a-z]+){0,3} from (?<v>.+?) (?:over )?to .+",
                    Claim.FROM,
                    Kind.WORDS,
                    true,
                    true,
                    ""),
            frame(
                    SUBJECT
                            + " (?:have |has )?(?:replaced|sold|ditched|cancelled|returned|broke up with|broken up with|split up"
                            + " with|left|quit|traded in|swapped|got rid of|gave away)(?: (?:my|the|our))? (?<v>[a-z' -]+?)"
                            + "(?: (?:for|with|by|in|at|on) .+)?$",
                    Claim.FROM,
                    Kind.WORDS,
                    true,
                    true,
                    ""));

    private static Frame ended(String pattern) {
        return new Frame(Pattern.compile("^" + pattern), "habit * #", Kind.WORDS, false, true, false, "* #");
    }

    private static final Predicate<String> TIMED =
            Pattern.compile(WEEKDAY_OR_NUMBER).asMatchPredicate();

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
        for (Frame frame : FRAMES) {
            Matcher matcher = frame.pattern.matcher(lower);
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
        if (subject == null) {
            return null;
        }
        String key = stemmed(group(matcher, "k"));
        String noun = noun(group(matcher, "n"));
        if (frame.slot.contains("*") && key.isEmpty()) {
            return null;
        }
        String about = subject + "/" + frame.slot.replace("*", key).replace("#", noun);
        String value = "";
        if (matcher.namedGroups().containsKey("v")) {
            value = Claims.value(sentence.substring(matcher.start("v")));
            if (matcher.end("v") < sentence.length()) {
                value = Claims.value(sentence.substring(matcher.start("v"), matcher.end("v")));
            }
            if (!fits(frame.kind, value)) {
                return null;
            }
        }
        boolean single = frame.single != null ? frame.single : isSingle(key) || fits(Kind.NUMBER, value);
        String words = frame.words.isEmpty()
                ? value
                : frame.words.replace("*", spelled(group(matcher, "k"))).replace("#", spelled(group(matcher, "n")));
        Set<String> stems = Claims.stems(value);
        if (stems.isEmpty() && !value.isEmpty()) {
            return null;
        }
        return new Claim(
                about,
                stems,
                single,
                change || frame.changes,
                frame.holds,
                words + (subject.equals("i") ? "" : " " + subject));
    }

    private static boolean isSingle(String key) {
        return Arrays.stream(key.split(" ", -1)).anyMatch(SINGLE_STEMS::contains);
    }

    private static boolean fits(Kind kind, String value) {
        return switch (kind) {
            case WORDS -> !value.isEmpty();
            case NAME -> value.chars().anyMatch(Character::isUpperCase);
            case NUMBER -> {
                String lower = Words.lower(value);
                yield TIMED.test(lower) || Words.of(lower).stream().anyMatch(Numbers::isNumber);
            }
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
        if (!matcher.namedGroups().containsKey(name)) {
            return "";
        }
        String group = matcher.group(name);
        return group == null ? "" : group;
    }

    private static String spelled(String words) {
        return Claims.value(words);
    }

    private static String stemmed(String words) {
        return String.join(" ", new TreeSet<>(Claims.stems(words)));
    }

    /** The first content word of an object. */
    private static String noun(String words) {
        return Claims.stems(Claims.value(words)).stream().findFirst().orElse("");
    }
}
