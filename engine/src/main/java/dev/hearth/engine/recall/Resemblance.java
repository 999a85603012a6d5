package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How like the hits of one search are to each other: by the first vector of each. Made for one search. */
final class Resemblance implements Precedence.Similarity {

    private final @Nullable Rows rows;
    private final Map<Long, Integer> rowsBySeq = new HashMap<>();

    /** One pass over the owners of all rows. */
    Resemblance(IndexView view, List<Ranked> hits) {
        rows = view.rows();
        if (rows == null) {
            return;
        }
        Map<Integer, Long> wanted = new HashMap<>();
        for (Ranked hit : hits) {
            wanted.put(view.place(hit.seq()), hit.seq());
        }
        for (int row = 0; row < rows.count() && rowsBySeq.size() < wanted.size(); row++) {
            Long seq = wanted.get(rows.owner(row));
            if (seq != null) {
                rowsBySeq.putIfAbsent(seq, row);
            }
        }
    }

    @Override
    public double of(long one, long other) {
        Integer first = rowsBySeq.get(one);
        Integer second = rowsBySeq.get(other);
        return rows == null || first == null || second == null ? 0 : rows.cosine(first, second);
    }
}
