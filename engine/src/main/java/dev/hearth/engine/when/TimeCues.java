package dev.hearth.engine.when;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question says of time.
 *
 * @param spans the times it names, in its order: at most 8
 * @param asksWhen whether it is after a time: "when did", "how long ago", "which year"
 * @param order which of several statements it is after; may be empty
 */
public record TimeCues(List<TimeSpan> spans, boolean asksWhen, Set<Order> order) {

    /** No cue at all. */
    public static final TimeCues NONE = new TimeCues(List.of(), false, Set.of());

    public TimeCues {
        spans = List.copyOf(spans);
        order = order.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(order));
    }

    /**
     * Reads a question; the same bounds as {@link TimeExpressions#in}.
     *
     * @param asked the moment of asking
     * @param zone where it is asked
     */
    public static TimeCues of(String question, Instant asked, ZoneId zone) {
        Tokens tokens = new Tokens(question);
        List<TimeExpressions.Placed> found = TimeExpressions.found(tokens, asked, zone);
        boolean asksWhen = false;
        Set<Order> order = EnumSet.noneOf(Order.class);
        int next = 0;
        for (int i = 0; i < tokens.size(); i++) {
            asksWhen |= Questions.asksWhen(tokens, i);
            while (next < found.size() && found.get(next).end() <= i) {
                next++;
            }
            // "Last" in "last week" is part of a name and asks for no order.
            boolean named = next < found.size() && found.get(next).from() <= i;
            Order cue = named ? null : Questions.order(tokens, i);
            if (cue != null) {
                order.add(cue);
            }
        }
        return new TimeCues(found.stream().map(TimeExpressions.Placed::span).toList(), asksWhen, order);
    }

    /** The time that is asked about: the surest that is named, of equals the shortest; null where none is. */
    public @Nullable TimeSpan interval() {
        return spans.stream()
                .max(Comparator.comparingDouble(TimeSpan::confidence)
                        .thenComparing(
                                Comparator.comparing(TimeSpan::granularity).reversed()))
                .orElse(null);
    }
}
