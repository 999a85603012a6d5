package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.LexicalView;
import dev.hearth.kernel.vector.Rows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RelationshipIndex} as it was at one moment; what was deleted since may already be missing. Safe for many
 * threads.
 */
final class IndexView {

    static final byte LIVE = 1;
    static final byte EMBEDDED = 2;

    private static final Ranker RANKER = new Ranker(Weights.FUSION);

    final int live;
    private final int count;
    private final long[] seqs;
    private final int[] sessions;
    private final byte[] states;
    private final LexicalView words;
    private final @Nullable Rows rows;

    IndexView(int live, int count, long[] seqs, int[] sessions, byte[] states, LexicalView words, @Nullable Rows rows) {
        this.live = live;
        this.count = count;
        this.seqs = seqs;
        this.sessions = sessions;
        this.states = states;
        this.words = words;
        this.rows = rows;
    }

    /** The place of a message, negative where there is none. */
    int place(long seq) {
        return Arrays.binarySearch(seqs, 0, count, seq);
    }

    boolean embedded(long seq) {
        int place = place(seq);
        return place >= 0 && (states[place] & EMBEDDED) != 0;
    }

    boolean live(long seq) {
        int place = place(seq);
        return place >= 0 && (states[place] & LIVE) != 0;
    }

    @Nullable
    Rows rows() {
        return rows;
    }

    long bytes() {
        return 512 + 13L * seqs.length + words.bytes() + (rows == null ? 0 : rows.bytes());
    }

    List<Ranked> search(RecallQuery query) {
        int end = count;
        if (end == 0) {
            return List.of();
        }
        // Read once, so that every step means the same messages though some be deleted meanwhile.
        boolean[] present = new boolean[end];
        for (int i = 0; i < end; i++) {
            present[i] = (states[i] & LIVE) != 0 && !query.except().test(seqs[i]);
        }
        float[] lexical = new float[end];
        words.score(query.text(), end, lexical);
        float[] dense = query.vector() == null || rows == null ? null : dense(query.vector(), rows, present);
        return RANKER.rank(new Signals(end, present, sessions, lexical, dense), seqs, query.limit());
    }

    private static float @Nullable [] dense(float[] query, Rows rows, boolean[] present) {
        float[] scores = new float[rows.count()];
        rows.scan(query, scores);
        float[] dense = new float[present.length];
        Arrays.fill(dense, Float.NaN);
        boolean any = false;
        for (int row = 0; row < scores.length; row++) {
            int owner = rows.owner(row);
            if (owner >= 0 && owner < present.length && present[owner]) {
                // Not Math.max, which would answer NaN for the first of a message's rows.
                if (!(dense[owner] >= scores[row])) {
                    dense[owner] = scores[row];
                }
                any = true;
            }
        }
        return any ? dense : null;
    }
}
