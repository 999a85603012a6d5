package dev.hearth.engine.when;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Years and decades: "in 2019", "2022", "the 90s". */
final class Years {

    private static final int EARLIEST = 1500;
    private static final int LATEST = 2199;
    private static final int EARLIEST_BARE = 1950;
    private static final int BARE_AHEAD = 5;

    private Years() {}

    /** A year and the place behind it. */
    record Read(int year, int end) {}

    /** The year behind a month, day, season or holiday: "2022", ", 2022", "of 2022", "last year"; null for none. */
    static @Nullable Read after(Tokens tokens, int i, Said said) {
        int at = tokens.is(i, ",") || tokens.is(i, "of") || tokens.is(i, "in") ? i + 1 : i;
        Token token = tokens.at(at);
        if (isYear(token) && !isMeasure(tokens, at)) {
            return new Read(token.number(), at + 1);
        }
        Direction.Read direction = tokens.is(at + 1, "year") ? Direction.at(tokens, at) : null;
        return direction == null
                ? null
                : new Read(said.today().getYear() + direction.direction().steps(), at + 2);
    }

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        Token token = tokens.at(i);
        if (token.isNumber() && token.word().equals("s")) {
            return decade(tokens, i, i + 1, said);
        }
        if (token.isNumber()
                && isApostrophe(tokens, i + 1)
                && tokens.is(i + 2, "s")
                && tokens.at(i + 2).glued()) {
            return decade(tokens, i, i + 3, said);
        }
        if (!isYear(token) || token.glued() || isMeasure(tokens, i)) {
            return null;
        }
        int year = token.number();
        return switch (tokens.word(i - 1)) {
            case "in",
                    "since",
                    "during",
                    "of",
                    "until",
                    "till",
                    "by",
                    "from",
                    "before",
                    "after",
                    "around",
                    "early",
                    "late",
                    "year",
                    "between",
                    "and",
                    "to",
                    "through" -> new Found(said.year(year, 0.85), i + 1);
            default -> {
                boolean likely = year >= EARLIEST_BARE && year <= said.today().getYear() + BARE_AHEAD;
                yield likely ? new Found(said.year(year, 0.5), i + 1) : null;
            }
        };
    }

    static TimeSpan decade(int from, Said said, double confidence) {
        return said.days(LocalDate.of(from, 1, 1), LocalDate.of(from + 10, 1, 1), Granularity.DECADE, confidence);
    }

    private static @Nullable Found decade(Tokens tokens, int i, int end, Said said) {
        Token token = tokens.at(i);
        int number = token.number();
        if (token.digits() == 4 && number % 10 == 0 && number >= EARLIEST && number <= LATEST) {
            return new Found(decade(number, said, 0.8), end);
        }
        boolean named = tokens.is(i - 1, "the") || isApostrophe(tokens, i - 1);
        if (token.digits() == 2 && number % 10 == 0 && named && !tokens.is(end, "of")) {
            int century = said.today().getYear() / 100 * 100;
            boolean past = century + number <= said.today().getYear();
            return new Found(decade(past ? century + number : century - 100 + number, said, 0.6), end);
        }
        return null;
    }

    private static boolean isYear(Token token) {
        return token.digits() == 4 && token.word().isEmpty() && token.number() >= EARLIEST && token.number() <= LATEST;
    }

    /** Whether the number counts something: "$2000", "2000 calories", "2,000", "1920 x 1080", "2000%". */
    private static boolean isMeasure(Tokens tokens, int i) {
        Token next = tokens.at(i + 1);
        boolean counts = next.word().length() > 2
                && next.word().endsWith("s")
                && !next.capital()
                && !next.isNumber()
                && !isVerb(next.word());
        boolean joined =
                next.glued() && (tokens.at(i + 2).isNumber() && tokens.at(i + 2).glued());
        return counts
                || joined
                || tokens.is(i + 1, "%")
                || tokens.is(i + 1, "x")
                || tokens.is(i - 1, "$")
                || tokens.is(i - 1, "\u20ac")
                || tokens.is(i - 1, "\u00a3")
                || tokens.is(i - 1, "#");
    }

    private static boolean isApostrophe(Tokens tokens, int i) {
        return tokens.is(i, "'") || tokens.is(i, "\u2019");
    }

    private static boolean isVerb(String word) {
        return word.equals("was") || word.equals("has") || word.equals("this");
    }
}
