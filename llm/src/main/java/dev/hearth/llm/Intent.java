package dev.hearth.llm;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a message wants, as far as its form shows. */
enum Intent {
    EMPTY,
    GREETING,
    THANKS,
    FAREWELL,
    /** Asks how the companion is. */
    ASKS_HOW,
    /** Asks who or what the companion is. */
    ASKS_WHO,
    QUESTION,
    /** Tells something hard. */
    HEAVY,
    /** Speaks of dying. */
    CRISIS,
    STATEMENT;

    private static final Set<String> WH =
            Set.of("what", "whats", "when", "where", "wheres", "who", "whos", "whom", "whose", "which", "why", "how");
    private static final Set<String> AUXILIARY = Set.of(
            "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "have", "has",
            "had", "am", "s", "many", "much", "old", "long", "isn", "don", "didn", "doesn", "aren", "haven");
    private static final Set<String> SUBJECT = Set.of(
            "i", "you", "he", "she", "it", "we", "they", "my", "your", "the", "there", "this", "that", "his", "her",
            "our", "t");
    private static final Set<String> GREETINGS =
            Set.of("hi", "hello", "hey", "hiya", "yo", "greetings", "hola", "hallo", "bonjour", "ciao", "good");
    private static final Set<String> GREETING_FILLER = Set.of(
            "morning",
            "afternoon",
            "evening",
            "day",
            "there",
            "again",
            "you",
            "to",
            "back",
            "m",
            "i",
            "everyone",
            "friend");
    private static final Set<String> HEAVINESS = Set.of(
            "died",
            "dead",
            "death",
            "dying",
            "funeral",
            "cancer",
            "grief",
            "grieving",
            "divorce",
            "hospital",
            "depressed",
            "depression",
            "lonely",
            "alone",
            "abuse",
            "abused",
            "miscarriage",
            "crying",
            "cried",
            "devastated",
            "heartbroken",
            "terrified",
            "hopeless",
            "worthless",
            "sad",
            "fired");
    private static final List<String> CRISES = List.of(
            "kill myself",
            "killing myself",
            "suicide",
            "suicidal",
            "end my life",
            "want to die",
            "wanna die",
            "hurt myself",
            "hurting myself",
            "harm myself",
            "better off without me");

    private static final Pattern HOW =
            Pattern.compile(" (how are you|how re you|how are things|how do you feel|how is it going) ");
    private static final Pattern WHO = Pattern.compile(" (who are you|what are you|(what is|what s|whats) your name"
            + "|are you (just )?(a |an )?(real |actual )?(real|human|ai|bot|robot|person|alive|conscious|chatgpt|language model"
            + "|machine|program)( being)?) $");
    private static final Pattern THANKING = Pattern.compile(" ((ok|okay|great|oh) )?(thank|thanks|thx|cheers) ");
    private static final Pattern LEAVING = Pattern.compile(" (bye|goodbye|good night|goodnight|see you|see ya|farewell"
            + "|talk to you later|talk later|got to go|gotta go|have to go now|off to bed) ");

    static Intent of(String message, String companion) {
        List<String> words = Words.of(message);
        String said = " " + String.join(" ", words) + " ";
        if (words.isEmpty()) {
            return message.indexOf('?') >= 0 ? QUESTION : EMPTY;
        }
        if (CRISES.stream().anyMatch(crisis -> said.contains(" " + crisis + " "))) {
            return CRISIS;
        }
        if (words.size() <= 7 && HOW.matcher(said).find()) {
            return ASKS_HOW;
        }
        if (words.size() <= 9 && WHO.matcher(said).find()) {
            return ASKS_WHO;
        }
        if (isQuestion(message)) {
            return QUESTION;
        }
        if (words.stream().anyMatch(HEAVINESS::contains)) {
            return HEAVY;
        }
        if (words.size() <= 8 && THANKING.matcher(said).lookingAt()) {
            return THANKS;
        }
        if (words.size() <= 9 && LEAVING.matcher(said).find()) {
            return FAREWELL;
        }
        List<String> name = Words.of(companion);
        boolean greeting = GREETINGS.contains(words.getFirst())
                && words.stream()
                        .allMatch(word ->
                                GREETINGS.contains(word) || GREETING_FILLER.contains(word) || name.contains(word));
        return greeting ? GREETING : STATEMENT;
    }

    /** Whether it begins as a greeting does, whatever follows. */
    static boolean opensWithGreeting(String text) {
        List<String> words = Words.of(text);
        return !words.isEmpty() && GREETINGS.contains(words.getFirst()) && !words.equals(List.of("good"));
    }

    /** Whether any sentence asks something. */
    static boolean isQuestion(String text) {
        return Quotation.sentences(text).stream().anyMatch(Intent::asks);
    }

    /** Whether every sentence asks something. */
    static boolean isOnlyQuestion(String text) {
        List<String> sentences = Quotation.sentences(text);
        return !sentences.isEmpty() && sentences.stream().allMatch(Intent::asks);
    }

    private static boolean asks(String sentence) {
        String end = sentence.strip();
        if (end.isEmpty()) {
            return false;
        }
        if (end.indexOf('?') >= 0 || end.indexOf('？') >= 0 || end.indexOf('؟') >= 0 || end.indexOf('¿') >= 0) {
            return true;
        }
        List<String> words = Words.of(end);
        if (words.size() < 2) {
            return words.size() == 1 && WH.contains(words.getFirst());
        }
        String first = words.getFirst();
        String second = words.get(1);
        if (WH.contains(first)) {
            return (first.endsWith("s") && !first.equals("whose")) || AUXILIARY.contains(second);
        }
        return (AUXILIARY.contains(first) && SUBJECT.contains(second))
                || (first.equals("tell") && second.equals("me"))
                || (first.equals("remind")
                        && second.equals("me")
                        && words.size() > 2
                        && !words.get(2).equals("to"))
                || (first.equals("i") && second.equals("wonder"))
                || (first.equals("remember") && words.size() < 12);
    }
}
