package dev.hearth.engine.when;

import java.util.Set;

/** Whether a sentence speaks of what was or of what is to come, as far as words beside a place tell. */
enum Tense {
    PAST,
    FUTURE,
    UNKNOWN;

    private static final int REACH = 10;

    private static final Set<String> SENTENCE_ENDS = Set.of(".", "!", "?", ";");

    private static final Set<String> FUTURE_WORDS = Set.of(
            "will",
            "won't",
            "gonna",
            "shall",
            "going",
            "tomorrow",
            "upcoming",
            "coming",
            "plan",
            "plans",
            "planning",
            "hope",
            "hoping",
            "excited",
            "wait",
            "forward",
            "should",
            "let",
            "scheduled",
            "next",
            "soon",
            "until",
            "till",
            "want",
            "due",
            "remind",
            "see",
            "supposed",
            "by");

    private static final Set<String> PAST_WORDS = Set.of(
            "was",
            "were",
            "wasn't",
            "weren't",
            "did",
            "didn't",
            "had",
            "hadn't",
            "been",
            "ago",
            "last",
            "yesterday",
            "went",
            "got",
            "saw",
            "came",
            "made",
            "took",
            "met",
            "bought",
            "ate",
            "gave",
            "found",
            "told",
            "said",
            "felt",
            "left",
            "lost",
            "won",
            "ran",
            "spent",
            "wrote",
            "began",
            "broke",
            "brought",
            "built",
            "caught",
            "drew",
            "drove",
            "fell",
            "flew",
            "forgot",
            "grew",
            "heard",
            "held",
            "kept",
            "knew",
            "led",
            "paid",
            "sang",
            "sent",
            "sold",
            "spoke",
            "stood",
            "taught",
            "thought",
            "threw",
            "wore",
            "since",
            "back",
            "read",
            "became",
            "have",
            "has",
            "i've",
            "we've",
            "they've",
            "you've",
            "slept",
            "swam",
            "rode",
            "sat",
            "lent",
            "dreamt");

    /** Words that end as past tenses do. */
    private static final Set<String> NOT_PAST =
            Set.of("need", "indeed", "speed", "feed", "seed", "excited", "scheduled", "supposed", "interested", "weed");

    /** What the nearest telling word of the same sentence says; looks at a few words on either side. */
    static Tense near(Tokens tokens, int from, int end) {
        boolean left = true;
        boolean right = true;
        for (int distance = 1; distance <= REACH; distance++) {
            left &= !SENTENCE_ENDS.contains(tokens.word(from - distance));
            right &= !SENTENCE_ENDS.contains(tokens.word(end - 1 + distance));
            Tense told = left ? of(tokens, from - distance) : UNKNOWN;
            if (told == UNKNOWN && right) {
                told = of(tokens, end - 1 + distance);
            }
            if (told != UNKNOWN) {
                return told;
            }
        }
        return UNKNOWN;
    }

    private static Tense of(Tokens tokens, int i) {
        String word = tokens.word(i);
        if (word.equals("going") && PAST_WORDS.contains(tokens.word(i - 1))) {
            return PAST;
        }
        if (FUTURE_WORDS.contains(word) || word.endsWith("'ll")) {
            return FUTURE;
        }
        boolean past =
                PAST_WORDS.contains(word) || (word.length() > 4 && word.endsWith("ed") && !NOT_PAST.contains(word));
        return past ? PAST : UNKNOWN;
    }
}
