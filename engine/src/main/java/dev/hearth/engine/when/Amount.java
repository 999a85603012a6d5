package dev.hearth.engine.when;

import org.jspecify.annotations.Nullable;

/**
 * So many of a unit.
 *
 * @param low the least that may be meant
 * @param high the most that may be meant
 * @param end the place of the first token behind amount and unit
 */
record Amount(int low, int high, Unit unit, int end) {

    private static final int MAX = 999;

    boolean exact() {
        return low == high;
    }

    /** "3 days", "a week", "two and a half years", "a couple of months", "a few weeks"; null where there is none. */
    static @Nullable Amount at(Tokens tokens, int i) {
        Token token = tokens.at(i);
        if (token.isNumber()) {
            boolean plain = token.word().isEmpty() && token.number() >= 1 && token.number() <= MAX;
            return plain ? counted(tokens, i + 1, token.number(), token.number()) : null;
        }
        int number = Words.number(token.word());
        if (number > 0) {
            boolean half = tokens.is(i + 1, "and") && tokens.is(i + 2, "a") && tokens.is(i + 3, "half");
            return half ? counted(tokens, i + 4, number, number + 1) : counted(tokens, i + 1, number, number);
        }
        return switch (token.word()) {
            case "a", "an" -> vague(tokens, i + 1, counted(tokens, i + 1, 1, 1));
            default -> vague(tokens, i, null);
        };
    }

    private static @Nullable Amount vague(Tokens tokens, int i, @Nullable Amount otherwise) {
        return switch (tokens.word(i)) {
            case "couple" -> counted(tokens, tokens.skip(i + 1, "of"), 2, 3);
            case "few" -> counted(tokens, i + 1, 2, 5);
            case "several" -> counted(tokens, i + 1, 3, 7);
            default -> otherwise;
        };
    }

    private static @Nullable Amount counted(Tokens tokens, int i, int low, int high) {
        int at = tokens.skip(i, "-");
        Unit unit = Unit.named(tokens.word(at));
        if (unit == null) {
            return null;
        }
        boolean half = tokens.is(at + 1, "and") && tokens.is(at + 2, "a") && tokens.is(at + 3, "half");
        return half ? new Amount(low, high + 1, unit, at + 4) : new Amount(low, high, unit, at + 1);
    }
}
