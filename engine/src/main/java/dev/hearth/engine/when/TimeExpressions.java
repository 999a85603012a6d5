package dev.hearth.engine.when;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the times that an English text names, as seen from when and where it was said. Where a text leaves open whether
 * it looks back or ahead, the past is taken. A year, month or week is whole logical days; a week begins on Monday.
 */
public final class TimeExpressions {

    /** So many expressions of one text are resolved. */
    public static final int MAX_SPANS = 8;

    /** Tried in this order: what reads further comes first. */
    private static final List<Recogniser> PLAIN = List.of(
            Deictic::at,
            Distances::at,
            Qualified::at,
            Digits::at,
            Holidays::at,
            Dates::at,
            Seasons::at,
            Weekdays::at,
            Years::at);

    /** "The day before yesterday" is a name of its own, and the rest of what others frame is framed. */
    private static final List<Recogniser> ANY = List.of(Deictic::at, Frames::at, TimeExpressions::plain);

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private TimeExpressions() {}

    /**
     * The times that a text names, in its order: at most 8, of its first 4,096 characters. Linear in the text; any text
     * is taken.
     *
     * @param said when it was said
     * @param zone where it was said
     */
    public static List<TimeSpan> in(String text, Instant said, ZoneId zone) {
        return found(new Tokens(text), said, zone).stream().map(Placed::span).toList();
    }

    /** An expression from one place to before another. */
    record Placed(TimeSpan span, int from, int end) {}

    /** The same of tokens. */
    static List<Placed> found(Tokens tokens, Instant at, ZoneId zone) {
        List<Placed> found = new ArrayList<>();
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            return found;
        }
        Said said = new Said(at, zone);
        for (int i = 0; i < tokens.size() && found.size() < MAX_SPANS; ) {
            Found next = first(ANY, tokens, i, said);
            if (next == null) {
                i++;
                continue;
            }
            if (!next.span().from().isBefore(EARLIEST) && !next.span().until().isAfter(LATEST)) {
                found.add(new Placed(next.span(), i, next.end()));
            }
            i = next.end();
        }
        return found;
    }

    /** An expression that stands by itself. */
    static @Nullable Found plain(Tokens tokens, int i, Said said) {
        return first(PLAIN, tokens, i, said);
    }

    private static @Nullable Found first(List<Recogniser> recognisers, Tokens tokens, int i, Said said) {
        for (Recogniser recogniser : recognisers) {
            Found found = recogniser.at(tokens, i, said);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
