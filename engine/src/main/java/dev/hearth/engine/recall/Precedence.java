package dev.hearth.engine.recall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Puts ranked hits into the order in which they are told: what is pinned or corrected before what is about as good, a
 * newer statement before the one it took the place of, and, where a turn asks, other memories before those that it had
 * lately and before those that say the same as a better hit. A change of a hit's score is a part of it, so that the
 * parts still add up. Moves hits, never drops one that is within the limit.
 */
final class Precedence {

    /** So long a memory that was in a prompt is known to have been there lately. */
    static final Duration LATELY = Duration.ofHours(4);

    /** From this cosine on two memories are about the same. */
    private static final double NEAR = 0.88;

    /** From this cosine on two memories say the same. */
    private static final double ALIKE = 0.95;

    /** More hits than asked for, since some change places with some beyond. */
    private static final int MARGIN = 16;

    /** Shares of the span of scores: what a pin is worth, and what a late use or a likeness costs. */
    private static final double PINNED = 0.25;

    private static final double CORRECTED = 0.15;
    private static final double USED = 0.35;
    private static final double REPEATED = 0.35;

    private final Standings standings;
    private final Similarity similarity;

    /** How like two messages are, by cosine; 0 where it is not known. */
    interface Similarity {
        double of(long one, long other);
    }

    Precedence(Standings standings, Similarity similarity) {
        this.standings = standings;
        this.similarity = similarity;
    }

    /** How many hits are to be ranked for a limit. */
    static int pool(int limit) {
        return limit + MARGIN;
    }

    /**
     * The hits in their order, at most the query's limit.
     *
     * @param ranked best first, as many as {@link #pool}
     * @param present whether a message may be found
     */
    List<Ranked> order(List<Ranked> ranked, RecallQuery query, LongPredicate present) {
        if (ranked.isEmpty()) {
            return ranked;
        }
        double span = span(ranked, query.limit());
        double words = ranked.stream().mapToDouble(Precedence::words).max().orElse(0);
        List<Ranked> hits = new ArrayList<>(ranked.size());
        for (Ranked hit : ranked) {
            // What the question has the words of is asked for, however lately it was told.
            boolean asked = words(hit) > 0 && words(hit) == words;
            hits.add(weighed(hit, query, asked, span));
        }
        if (query.turn()) {
            repeated(hits, span);
        }
        hits.sort((one, other) -> Double.compare(other.score(), one.score()));
        corrected(hits);
        superseded(hits, present);
        return List.copyOf(hits.subList(0, Math.min(query.limit(), hits.size())));
    }

    /** How far the best hit is from the last that is asked for; of few hits, their best score. */
    private static double span(List<Ranked> ranked, int limit) {
        double best = ranked.getFirst().score();
        double last =
                ranked.get(Math.min(ranked.size(), Math.max(limit, 10)) - 1).score();
        return best > last ? best - last : Math.abs(best);
    }

    private static double words(Ranked hit) {
        return hit.parts().getOrDefault("lexical", 0.0);
    }

    private Ranked weighed(Ranked hit, RecallQuery query, boolean asked, double span) {
        Standing standing = standings.of(hit.seq());
        double weight = (standing.pinned() ? PINNED : 0) + (standing.correction() ? CORRECTED : 0);
        Ranked weighed = plus(hit, "standing", weight * span);
        if (!query.turn() || asked) {
            return weighed;
        }
        Instant use = standings.lastUse(hit.seq());
        boolean lately =
                use != null && !use.isAfter(query.at()) && use.plus(LATELY).isAfter(query.at());
        return lately ? plus(weighed, "used", -USED * span) : weighed;
    }

    /** What says the same as a better hit goes down. */
    private void repeated(List<Ranked> hits, double span) {
        for (int i = 1; i < hits.size(); i++) {
            long seq = hits.get(i).seq();
            boolean alike = false;
            for (int better = 0; better < i && !alike; better++) {
                alike = similarity.of(hits.get(better).seq(), seq) >= ALIKE;
            }
            if (alike) {
                hits.set(i, plus(hits.get(i), "repeated", -REPEATED * span));
            }
        }
    }

    /** A correction goes before older statements of the same. */
    private void corrected(List<Ranked> hits) {
        for (int i = 1; i < hits.size(); i++) {
            Ranked hit = hits.get(i);
            if (standings.of(hit.seq()).correction()) {
                for (int before = 0; before < i; before++) {
                    Ranked better = hits.get(before);
                    if (better.seq() < hit.seq() && similarity.of(better.seq(), hit.seq()) >= NEAR) {
                        hits.remove(i);
                        hits.add(before, raised(hit, better.score()));
                        break;
                    }
                }
            }
        }
    }

    /** What took the place of a hit stands before it; where it was not found, it is. */
    private void superseded(List<Ranked> hits, LongPredicate present) {
        Map<Long, Ranked> found = new HashMap<>();
        hits.forEach(hit -> found.put(hit.seq(), hit));
        List<Ranked> ordered = new ArrayList<>(hits.size());
        Set<Long> placed = new HashSet<>();
        for (Ranked hit : hits) {
            if (placed.contains(hit.seq())) {
                continue;
            }
            for (long newer : successors(hit.seq())) {
                if (present.test(newer) && placed.add(newer)) {
                    Ranked successor = found.get(newer);
                    ordered.add(raised(
                            successor == null ? new Ranked(newer, 0, Map.of(), hit.likeness()) : successor,
                            hit.score()));
                }
            }
            if (placed.add(hit.seq())) {
                ordered.add(hit);
            }
        }
        hits.clear();
        hits.addAll(ordered);
    }

    /** What took the place of a memory, of that, and so on: newest first. */
    private List<Long> successors(long seq) {
        List<Long> newestFirst = new ArrayList<>();
        long newer = standings.of(seq).supersededBy();
        // A chain ends; should one not, it is cut.
        while (newer != 0 && newestFirst.size() < MARGIN && !newestFirst.contains(newer)) {
            newestFirst.addFirst(newer);
            newer = standings.of(newer).supersededBy();
        }
        return newestFirst;
    }

    private static Ranked raised(Ranked hit, double score) {
        return score > hit.score() ? plus(hit, "newer", score - hit.score()) : hit;
    }

    private static Ranked plus(Ranked hit, String part, double value) {
        if (value == 0) {
            return hit;
        }
        Map<String, Double> parts = new LinkedHashMap<>(hit.parts());
        parts.merge(part, value, Double::sum);
        return new Ranked(hit.seq(), hit.score() + value, parts, hit.likeness());
    }
}
