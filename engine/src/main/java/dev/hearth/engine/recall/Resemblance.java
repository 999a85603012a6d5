package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.Rows;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How like the hits of one search are to each other: by the first vector of each. Made for one search. */
final class Resemblance implements Precedence.Similarity {

    private final IndexView view;
    private final List<Ranked> hits;
    private @Nullable Map<Long, Integer> rowsBySeq;

    Resemblance(IndexView view, List<Ranked> hits) {
        this.view = view;
        this.hits = hits;
    }

    @Override
    public double of(long one, long other) {
        Rows rows = view.rows();
        if (rows == null) {
            return 0;
        }
        if (rowsBySeq == null) {
            rowsBySeq = rowsBySeq(rows);
        }
        Integer first = rowsBySeq.get(one);
        Integer second = rowsBySeq.get(other);
        return first == null || second == null ? 0 : rows.cosine(first, second);
    }

    /** One pass over the owners of all rows, where anybody asks. */
    private Map<Long, Integer> rowsBySeq(Rows rows) {
        BitSet wanted = new BitSet();
        Map<Integer, Long> seqs = new HashMap<>();
        for (Ranked hit : hits) {
            int place = view.place(hit.seq());
            if (place >= 0) {
                wanted.set(place);
                seqs.put(place, hit.seq());
            }
        }
        Map<Long, Integer> found = new HashMap<>();
        for (int row = 0; row < rows.count() && found.size() < seqs.size(); row++) {
            int owner = rows.owner(row);
            if (owner >= 0 && wanted.get(owner)) {
                found.putIfAbsent(seqs.getOrDefault(owner, -1L), row);
            }
        }
        return found;
    }
}
