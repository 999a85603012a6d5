package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeCues;
import dev.hearth.kernel.vector.Rows;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The features of every candidate for one query. Made for one search. */
final class FeatureTable {

    private static final double LONGEST_LECTURE = Math.log(7);
    private static final Feature[] LECTURED = Arrays.stream(Feature.values())
            .filter(feature -> feature.plain() != null)
            .toArray(Feature[]::new);

    private final IndexedMessages messages;
    private final Places places;
    private final Signals signals;
    private final Candidates candidates;
    private final Cues cues;
    private final TimeCues times;
    private final float[][] values;
    private final float[] cosines;
    private @Nullable Rows compared;

    FeatureTable(
            IndexedMessages messages,
            Places places,
            Signals signals,
            Candidates candidates,
            Cues cues,
            TimeCues times) {
        this.messages = messages;
        this.places = places;
        this.signals = signals;
        this.candidates = candidates;
        this.cues = cues;
        this.times = times;
        this.values = new float[candidates.size()][Feature.COUNT];
        this.cosines = new float[candidates.size()];
    }

    /** Computes the features of each candidate. */
    void fill(float @Nullable [] asked, @Nullable Rows vectors) {
        if (signals.question != null && signals.content != null && asked != null && vectors != null) {
            int[] rows = new int[values.length];
            for (int c = 0; c < rows.length; c++) {
                rows[c] = signals.question.row(candidates.places()[c]);
                cosines[c] = signals.question.cosine(candidates.places()[c]);
            }
            compared = vectors.gather(rows);
            new LikenessFeatures(signals, candidates, signals.question, signals.content, vectors)
                    .fill(values, asked, compared);
        }
        WordFeatures words = new WordFeatures(signals, candidates);
        NeighbourFeatures around = new NeighbourFeatures(messages, signals, candidates);
        TimeFeatures time = new TimeFeatures(messages, places, signals.size, cues, times);
        FormFeatures form = new FormFeatures(messages, cues);
        float lecture = lecture();
        for (int c = 0; c < values.length; c++) {
            float[] features = values[c];
            int place = candidates.places()[c];
            int before = signals.beside(place, -1);
            int after = signals.beside(place, 1);
            words.fill(features, c, before, after);
            around.fill(features, c, before, after);
            time.fill(features, place);
            form.fill(features, place);
            for (Feature feature : LECTURED) {
                feature.set(
                        features,
                        lecture * Objects.requireNonNull(feature.plain()).of(features));
            }
        }
    }

    /** How much longer the companion's messages are than the user's: 0 for no more, 1 for seven times or more. */
    private float lecture() {
        long[] terms = new long[2];
        long[] count = new long[2];
        for (int i = 0; i < signals.size; i++) {
            if (signals.present[i]) {
                int role = Traits.byUser(messages.traits(i)) ? 0 : 1;
                terms[role] += messages.length(i);
                count[role]++;
            }
        }
        if (terms[0] == 0 || terms[1] == 0) {
            return 0;
        }
        double ratio = (double) terms[1] / count[1] / ((double) terms[0] / count[0]);
        return (float) Math.clamp(Math.log(ratio) / LONGEST_LECTURE, 0, 1);
    }

    /** The cosine of a candidate with the question, 0 where either has no vector. */
    float cosine(int candidate) {
        return cosines[candidate];
    }

    /** Both have a vector, and they are of different sessions. */
    boolean comparable(Rows compared, int one, int other) {
        int a = candidates.places()[one];
        int b = candidates.places()[other];
        return compared.owner(one) != Signals.NONE
                && compared.owner(other) != Signals.NONE
                && signals.runs[a] != signals.runs[b];
    }

    boolean bothByUser(int one, int other) {
        return Traits.byUser(messages.traits(candidates.places()[one]))
                && Traits.byUser(messages.traits(candidates.places()[other]));
    }

    /** The candidates' rows, side by side; null where no likeness was compared. */
    @Nullable
    Rows rows() {
        return compared;
    }

    Cues cues() {
        return cues;
    }

    /** By candidate and {@link Feature#index}. */
    float[][] values() {
        return values;
    }
}
