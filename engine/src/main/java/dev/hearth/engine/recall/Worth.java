package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeCues;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.lexical.LexicalView;
import dev.hearth.kernel.lexical.TermHashes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much a query may find in runs of messages that are not in memory: by the likeness of their centres, by the rare words
 * that they have, and by the time that it asks for. The weights are those of {@code hearth eval tiers}' first four folds
 * (bench/results.md), for likenesses as bge-small's. Small talk is about nothing that could be found. Made for one query.
 */
final class Worth {

    private static final double LIKENESS = 1.0;
    /** Of the words alone that the query is about. */
    private static final double CONTENT = 0.4;
    /** A natural logarithm of how rare a word is. */
    private static final double RARITY = 0.02;

    private static final double TIME = 0.1;

    /** What is worth so much less than the best is not worth its latency. */
    private static final double MARGIN = 0.25;

    private final IndexView view;
    private final RecallQuery query;
    private final String words;
    private final long[] terms;
    private final @Nullable TimeSpan asked;

    private Worth(IndexView view, RecallQuery query, String words, @Nullable TimeSpan asked) {
        this.view = view;
        this.query = query;
        this.words = words;
        this.terms = new TermHashes(LexicalView.MOST_QUERY_TERMS).of(words);
        this.asked = asked;
    }

    static Worth of(IndexView view, RecallQuery query) {
        return new Worth(
                view,
                query,
                Phatic.without(query.text(), view.cues(query.text()).words()),
                TimeCues.of(query.text(), query.at(), query.zone()).interval());
    }

    /** The runs that are worth their latency, the most promising first; at most {@code most}. */
    <K> List<K> best(Map<K, Gist> gists, int most) {
        if (words.isEmpty() && gists.values().stream().noneMatch(this::then)) {
            return List.of();
        }
        double[] rarities = rarities(gists.values());
        Map<K, Double> worths = new HashMap<>();
        gists.forEach((name, gist) -> worths.put(name, worth(gist, rarities)));
        double least =
                worths.values().stream().mapToDouble(worth -> worth).max().orElse(0) - MARGIN;
        return worths.entrySet().stream()
                .filter(entry -> entry.getValue() > Math.max(0, least))
                .sorted(Map.Entry.<K, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double worth(Gist gist, double[] rarities) {
        double worth = then(gist) ? TIME : 0;
        for (int i = 0; i < terms.length; i++) {
            worth += gist.has(terms[i]) ? RARITY * rarities[i] : 0;
        }
        float[] vector = query.vector();
        float[] content = query.content() == null ? vector : query.content();
        if (vector != null) {
            worth += LIKENESS * gist.likeness(vector);
        }
        if (content != null) {
            worth += CONTENT * gist.likeness(content);
        }
        return worth;
    }

    /** Whether something of it was said at the time that is asked for. */
    private boolean then(Gist gist) {
        return asked != null
                && gist.from().isBefore(asked.until())
                && gist.until().isAfter(asked.from());
    }

    /** How rare each term of the query is: idf over the messages in memory and the runs, each of which counts as one. */
    private double[] rarities(Collection<Gist> gists) {
        double[] rarities = new double[terms.length];
        int all = view.live + gists.size();
        for (int i = 0; i < terms.length; i++) {
            long term = terms[i];
            int having = view.documents(term)
                    + (int) gists.stream().filter(gist -> gist.has(term)).count();
            rarities[i] = Math.log1p((all - Math.min(all, having) + 0.5) / (having + 0.5));
        }
        return rarities;
    }
}
