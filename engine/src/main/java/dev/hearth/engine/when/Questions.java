package dev.hearth.engine.when;

import org.jspecify.annotations.Nullable;

/** The words of a question that say what it asks of time. */
final class Questions {

    private Questions() {}

    /** Whether a time is asked for by the words from place {@code i} on. */
    static boolean asksWhen(Tokens tokens, int i) {
        String next = tokens.word(i + 1);
        return switch (tokens.word(i)) {
            case "when" -> asks(tokens, i);
            case "what", "which" ->
                switch (next) {
                    case "day", "date", "dates", "year", "month", "week", "weekend", "season", "time" -> true;
                    default -> false;
                };
            case "how" -> next.equals("long") || (next.equals("many") && countsUnits(tokens, i + 2));
            default -> false;
        };
    }

    /** "When" asks where it begins a question or an auxiliary follows: "remember the day when we met" asks nothing. */
    private static boolean asks(Tokens tokens, int i) {
        if (i == 0) {
            return true;
        }
        return switch (tokens.word(i + 1)) {
            case "did",
                    "does",
                    "do",
                    "is",
                    "are",
                    "was",
                    "were",
                    "will",
                    "has",
                    "have",
                    "had",
                    "should",
                    "can",
                    "exactly" -> true;
            default -> tokens.is(i - 1, "since") || tokens.is(i - 1, "until") || tokens.is(i - 1, "exactly");
        };
    }

    private static boolean countsUnits(Tokens tokens, int i) {
        return Unit.named(tokens.word(i)) != null;
    }

    /** What the word at a place says of the order of statements; null for nothing. */
    static @Nullable Order order(Tokens tokens, int i) {
        String next = tokens.word(i + 1);
        return switch (tokens.word(i)) {
            case "first" -> next.equals("name") || next.equals("aid") || next.equals("class") ? null : Order.FIRST;
            case "originally", "initially", "earliest", "oldest", "original", "initial" -> Order.FIRST;
            case "last" -> next.equals("name") || next.equals("names") ? null : Order.LATEST;
            case "latest", "newest", "recently", "lately", "recent" -> Order.LATEST;
            case "currently", "now", "still", "nowadays", "presently", "anymore", "current" -> Order.CURRENT;
            case "these" -> next.equals("days") ? Order.CURRENT : null;
            case "moment" -> tokens.is(i - 1, "the") && tokens.is(i - 2, "at") ? Order.CURRENT : null;
            case "before", "previously", "formerly", "former", "prior", "earlier" -> Order.BEFORE;
            case "used" -> next.equals("to") ? Order.BEFORE : null;
            case "after", "afterwards", "since", "later" -> Order.AFTER;
            default -> null;
        };
    }
}
