package dev.hearth.engine.recall;

import java.util.List;
import java.util.Set;

/**
 * Whether a question is after what the companion said or is: "what did you recommend", "the list that you gave me", "our
 * conversation about", "do you like". A mere "can you tell me" or "do you remember" is after what the user said. English.
 */
final class Addressed {

    /** Between "you" and what it did may stand so many words less one. */
    private static final int REACH = 3;

    private static final Set<String> SAID = Set.of(
            ("mentioned said told recommended suggested gave provided listed wrote explained described shared advised proposed"
                            + " showed taught promised offered sent picked chose quoted cited named called made created")
                    .split(" "));

    private static final Set<String> SAY = Set.of(
            ("mention say tell recommend suggest give provide list write explain describe share advise propose show teach"
                            + " promise offer send pick choose quote cite name call make create")
                    .split(" "));

    private static final Set<String> PAST = Set.of("did", "didn't");

    private static final Set<String> ARE =
            Set.of("like", "love", "hate", "prefer", "think", "feel", "want", "live", "work", "enjoy", "believe");

    private static final Set<String> YOURS = Set.of(
            ("recommendation recommendations suggestion suggestions advice answer list favourite favorite opinion"
                            + " explanation story joke")
                    .split(" "));

    private static final Set<String> TALK =
            Set.of("conversation", "conversations", "chat", "chats", "discussion", "talk");

    private static final Set<String> TALKED = Set.of("discussed", "talked", "spoke", "chatted", "decided", "agreed");

    private Addressed() {}

    /** Of a question's words in small letters. */
    static boolean of(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            List<String> next = words.subList(i + 1, Math.min(words.size(), i + 1 + REACH));
            boolean found = switch (words.get(i)) {
                case "you" -> youDid(words, i, next);
                case "your" -> any(next, YOURS);
                case "our" -> any(next, TALK);
                case "we" -> any(next, TALKED);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean youDid(List<String> words, int you, List<String> next) {
        String before = you == 0 ? "" : words.get(you - 1);
        return any(next, SAID)
                || (PAST.contains(before) && any(next, SAY))
                || (before.equals("do") && any(next, ARE))
                || before.equals("are")
                || (before.equals("about") && next.isEmpty());
    }

    private static boolean any(List<String> words, Set<String> of) {
        return words.stream().anyMatch(of::contains);
    }
}
