package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeCues;
import dev.hearth.kernel.vector.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RelationshipIndex} as it was at one moment; what was deleted since may already be missing. Safe for many
 * threads.
 */
final class IndexView {

    static final byte LIVE = 1;
    static final byte EMBEDDED = 2;

    /** So many messages are looked at closely. */
    private static final int CANDIDATES = 200;

    final int live;
    private final int count;
    private final Places places;
    private final int[] runs;
    private final byte[] states;
    private final IndexedMessages messages;
    private final @Nullable Rows rows;

    IndexView(int live, Places places, int[] runs, byte[] states, IndexedMessages messages, @Nullable Rows rows) {
        this.live = live;
        this.count = places.count();
        this.places = places;
        this.runs = runs;
        this.states = states;
        this.messages = messages;
        this.rows = rows;
    }

    /** The place of a message, negative where there is none. */
    int place(long seq) {
        return places.of(seq);
    }

    boolean embedded(long seq) {
        int place = place(seq);
        return place >= 0 && (states[place] & EMBEDDED) != 0;
    }

    /** How many messages have a term, as {@link dev.hearth.kernel.lexical.TermHashes} makes it. */
    int documents(long term) {
        return messages.words().documents(term);
    }

    /** When each message was said, and the times that it names, by place. */
    TimesView times() {
        return messages.times();
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
        return 512
                + 16L * places.seqs().length
                + messages.times().bytes()
                + messages.words().bytes()
                + (rows == null ? 0 : rows.bytes());
    }

    Cues cues(String text) {
        return Cues.of(text, messages.speakers());
    }

    /** The candidates for a query with their features, not ranked. */
    Examined examine(RecallQuery query) {
        int end = count;
        // Read once, so that every step means the same messages though some be deleted meanwhile.
        boolean[] present = new boolean[end];
        for (int i = 0; i < end; i++) {
            present[i] = (states[i] & LIVE) != 0;
        }
        for (long seq : query.except()) {
            int place = place(seq);
            if (place >= 0) {
                present[place] = false;
            }
        }
        Cues cues = cues(query.text());
        TimeCues times = TimeCues.of(query.text(), query.at(), query.zone());
        Signals signals = new Signals(present, runs, messages.words().match(cues.words(), end), query, rows);
        Candidates candidates = Candidates.of(signals, Math.max(CANDIDATES, 2 * query.limit()));
        FeatureTable features = new FeatureTable(messages, places, signals, candidates, cues, times);
        features.fill(query.vector(), rows);
        return new Examined(
                features,
                Arrays.stream(candidates.places())
                        .mapToLong(place -> places.seqs()[place])
                        .toArray());
    }

    List<Long> alike(float[] vector, double least, long before, int most) {
        Rows present = rows;
        if (present == null) {
            return List.of();
        }
        float[] scores = new float[present.count()];
        present.scan(vector, scores);
        Map<Integer, Float> likest = new HashMap<>();
        for (int row = 0; row < scores.length; row++) {
            int place = present.owner(row);
            if (scores[row] >= least
                    && place >= 0
                    && place < count
                    && places.seqs()[place] < before
                    && (states[place] & LIVE) != 0) {
                likest.merge(place, scores[row], Math::max);
            }
        }
        Best best = new Best(most);
        likest.forEach(best::offer);
        List<Long> alike = new ArrayList<>();
        while (best.size() > 0) {
            alike.addFirst(places.seqs()[best.takeWorst()]);
        }
        return alike;
    }

    RecallResult search(RecallQuery query) {
        return count == 0 ? new RecallResult(List.of(), 0) : Ranker.rank(examine(query), query.limit());
    }
}
