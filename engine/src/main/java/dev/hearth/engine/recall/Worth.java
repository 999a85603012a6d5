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
 * How much a query may find in runs of messages that are not in memory: by the rare words that they have, by the likeness
 * of their centres, and by the time that it asks for. {@code hearth eval tiers} measures what is found so. Made for one
 * query.
 */
final class Worth {

    private static final double WORDS = 1.0;
    private static final double LIKENESS = 1.0;
    private static final double TIME = 0.5;

    /** What no run reaches for small talk. */
    private static final double LEAST = 0.75;

    private final IndexView view;
    private final RecallQuery query;
    private final long[] terms;
    private final @Nullable TimeSpan asked;

    private Worth(IndexView view, RecallQuery query, long[] terms, @Nullable TimeSpan asked) {
        this.view = view;
        this.query = query;
        this.terms = terms;
        this.asked = asked;
    }

    static Worth of(IndexView view, RecallQuery query) {
        return new Worth(
                view,
                query,
                new TermHashes(LexicalView.MOST_QUERY_TERMS)
                        .of(view.cues(query.text()).words()),
                TimeCues.of(query.text(), query.at(), query.zone()).interval());
    }

    /** The runs that are worth their latency, the most promising first; at most {@code most}. */
    <K> List<K> best(Map<K, Gist> gists, int most) {
        double[] rarities = rarities(gists.values());
        Map<K, Double> worths = new HashMap<>();
        gists.forEach((name, gist) -> {
            double worth = worth(gist, rarities);
            if (worth >= LEAST) {
                worths.put(name, worth);
            }
        });
        return worths.entrySet().stream()
                .sorted(Map.Entry.<K, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double worth(Gist gist, double[] rarities) {
        double found = 0;
        double all = 0;
        for (int i = 0; i < terms.length; i++) {
            all += rarities[i];
            found += gist.has(terms[i]) ? rarities[i] : 0;
        }
        double words = all == 0 ? 0 : found / all;
        float[] vector = query.vector();
        float[] content = query.content();
        double likeness =
                Math.max(vector == null ? 0 : gist.likeness(vector), content == null ? 0 : gist.likeness(content));
        boolean then = asked != null
                && gist.from().isBefore(asked.until())
                && gist.until().isAfter(asked.from());
        return WORDS * words + LIKENESS * likeness + (then ? TIME : 0);
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
