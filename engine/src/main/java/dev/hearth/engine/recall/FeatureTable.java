package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeCues;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.vector.Rows;
import org.jspecify.annotations.Nullable;

/** The features of every candidate for one query. Made for one search. */
final class FeatureTable {

    private static final int FEEDBACK_HITS = 5;
    private static final int FEEDBACK_QUESTION_HITS = 3;
    /** What the message before counts for where the two are read as one. */
    private static final float PAIR = 0.7f;

    private static final long TOLD_LATER_SECONDS = 30L * 24 * 3_600;
    private static final float SHARPNESS = 1.5f;
    private static final float LONGEST = 4;
    private static final double LONGEST_LECTURE = Math.log(7);
    private static final Feature[] LECTURED = java.util.Arrays.stream(Feature.values())
            .filter(feature -> feature.plain() != null)
            .toArray(Feature[]::new);

    private final IndexedMessages messages;
    private final Signals signals;
    private final Candidates candidates;
    private final Cues cues;
    private final TimeCues times;
    private final float[][] values;
    private final float totalWeight;
    private final float rarest;
    private final float[] cosines;
    private final float lecture;
    private @Nullable Rows compared;

    FeatureTable(IndexedMessages messages, Signals signals, Candidates candidates, Cues cues, TimeCues times) {
        this.messages = messages;
        this.signals = signals;
        this.candidates = candidates;
        this.cues = cues;
        this.times = times;
        this.values = new float[candidates.size()][Feature.COUNT];
        this.cosines = new float[candidates.size()];
        this.lecture = lecture();
        this.totalWeight = Math.max(1e-6f, signals.words.total());
        this.rarest = Math.max(1e-6f, signals.words.rarest());
    }

    /** Computes the features of each candidate. */
    void fill(float @Nullable [] asked, @Nullable Rows vectors) {
        if (signals.question != null && signals.content != null && asked != null && vectors != null) {
            int[] rows = new int[values.length];
            for (int c = 0; c < rows.length; c++) {
                rows[c] = signals.question.row(candidates.places()[c]);
                cosines[c] = signals.question.cosine(candidates.places()[c]);
            }
            float[] links = links(vectors);
            compare(signals.question, links, Feature.DENSE, Feature.DENSE_RANK, Feature.DENSE_PAIR);
            compare(signals.content, links, Feature.CONTENT, Feature.CONTENT_RANK, Feature.CONTENT_PAIR);
            compared = vectors.gather(rows);
            feedback(signals.question, asked, compared);
        }
        for (int c = 0; c < values.length; c++) {
            fill(c);
        }
    }

    /** The cosine of a candidate with the question, 0 where either has no vector. */
    float cosine(int candidate) {
        return cosines[candidate];
    }

    private void set(int candidate, Feature feature, float value) {
        values[candidate][feature.index()] = value;
    }

    private float get(int candidate, Feature feature) {
        return values[candidate][feature.index()];
    }

    private void fill(int c) {
        int place = candidates.places()[c];
        int before = signals.beside(place, -1);
        int after = signals.beside(place, 1);
        words(c, place, before, after);
        around(c, before, after);
        session(c, place);
        speaker(c, place);
        time(c, place);
        form(c, place);
        for (Feature feature : LECTURED) {
            set(c, feature, lecture * get(c, java.util.Objects.requireNonNull(feature.plain())));
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

    /** The cosine of each candidate with the message before it, 0 where either has no vector. */
    private float[] links(Rows vectors) {
        float[] links = new float[values.length];
        for (int c = 0; c < links.length; c++) {
            int place = candidates.places()[c];
            int before = signals.beside(place, -1);
            if (before != Signals.NONE && signals.comparable(place) && signals.comparable(before)) {
                Likeness question = java.util.Objects.requireNonNull(signals.question);
                links[c] = vectors.cosine(question.row(place), question.row(before));
            }
        }
        return links;
    }

    private void compare(Likeness likeness, float[] links, Feature own, Feature rank, Feature pair) {
        float[] cosines = new float[values.length];
        float[] pairs = new float[values.length];
        for (int c = 0; c < cosines.length; c++) {
            int place = candidates.places()[c];
            int before = signals.beside(place, -1);
            cosines[c] = likeness.has(place) ? likeness.cosine(place) : Float.NaN;
            boolean paired = before != Signals.NONE && likeness.has(before);
            double norm = Math.sqrt(1 + PAIR * PAIR + 2 * PAIR * links[c]);
            pairs[c] = paired ? (float) ((cosines[c] + PAIR * likeness.cosine(before)) / norm) : cosines[c];
            set(c, own, likeness.of(place));
        }
        setRanks(cosines, rank);
        setScaled(likeness, pairs, pair);
    }

    private void feedback(Likeness question, float[] asked, Rows compared) {
        int[] best = candidates.best(FEEDBACK_HITS);
        float[] middle = new float[asked.length];
        float[] with = asked.clone();
        for (int i = 0; i < best.length; i++) {
            if (compared.owner(best[i]) != Signals.NONE) {
                float nearness = candidates.sight()[best[i]] - candidates.sight()[best[0]];
                compared.add(best[i], (float) Math.exp(SHARPNESS * nearness), middle);
                if (i < FEEDBACK_QUESTION_HITS) {
                    compared.add(best[i], 1f / FEEDBACK_QUESTION_HITS, with);
                }
            }
        }
        setScaled(question, near(middle, compared), Feature.FEEDBACK);
        setScaled(question, near(with, compared), Feature.FEEDBACK_QUESTION);
        float[] bySession = new float[signals.size == 0 ? 0 : signals.runs[signals.size - 1] + 1];
        for (int c = 0; c < values.length; c++) {
            int run = signals.runs[candidates.places()[c]];
            bySession[run] = Math.max(bySession[run], get(c, Feature.FEEDBACK));
        }
        for (int c = 0; c < values.length; c++) {
            set(c, Feature.SESSION_FEEDBACK, bySession[signals.runs[candidates.places()[c]]]);
        }
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

    float[][] values() {
        return values;
    }

    private float[] near(float[] vector, Rows compared) {
        float[] scores = new float[compared.count()];
        compared.scan(vector, scores);
        for (int c = 0; c < scores.length; c++) {
            scores[c] = compared.owner(c) == Signals.NONE ? Float.NaN : scores[c];
        }
        return scores;
    }

    private void setRanks(float[] scores, Feature feature) {
        long[] order = new long[scores.length];
        for (int c = 0; c < order.length; c++) {
            float score = Float.isNaN(scores[c]) ? -2 : scores[c];
            // Of equals the newer, which is the later candidate, comes first.
            order[c] = (long) ((2 - score) * (1 << 20)) << 20 | (order.length - 1 - c);
        }
        java.util.Arrays.sort(order);
        double lowest = Math.log1p(order.length);
        for (int rank = 0; rank < order.length; rank++) {
            set(order.length - 1 - ((int) order[rank] & ((1 << 20) - 1)), feature, (float)
                    (1 - Math.log1p(rank) / lowest));
        }
    }

    private void setScaled(Likeness likeness, float[] scores, Feature feature) {
        float best = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            // A comparison with NaN is false.
            best = score > best ? score : best;
        }
        for (int c = 0; c < scores.length; c++) {
            set(c, feature, Float.isNaN(scores[c]) ? 0 : likeness.scaled(scores[c], best));
        }
    }

    private void words(int c, int place, int before, int after) {
        float dense = get(c, Feature.DENSE);
        set(c, Feature.DENSE_SQUARED, dense * dense);
        set(c, Feature.DEVIATION, signals.question == null ? 0 : signals.question.deviations(place) / 4);
        float own = signals.lexical(place);
        long having = signals.words.having()[place];
        set(c, Feature.LEXICAL, own);
        set(c, Feature.LEXICAL_SQUARED, own * own);
        set(c, Feature.DENSE_LEXICAL, own * dense);
        set(c, Feature.COVERAGE, signals.words.weight(having) / totalWeight);
        set(c, Feature.SHARE, Long.bitCount(having) / (float) Math.max(1, signals.words.rarities().length));
        set(c, Feature.RAREST, signals.words.rarest(having) / rarest);
        long around = having | having(before) | having(after);
        set(c, Feature.COVERAGE_AROUND, signals.words.weight(around) / totalWeight);
        set(c, Feature.SESSION_COVERAGE, signals.words.weight(candidates.sessionTerms()[c]) / totalWeight);
    }

    private long having(int place) {
        return place == Signals.NONE ? 0 : signals.words.having()[place];
    }

    private void around(int c, int before, int after) {
        float denseBefore = dense(before);
        float denseAfter = dense(after);
        float lexicalBefore = lexical(before);
        float lexicalAfter = lexical(after);
        set(c, Feature.DENSE_BEFORE, denseBefore);
        set(c, Feature.DENSE_AFTER, denseAfter);
        set(c, Feature.DENSE_BESIDE, Math.max(denseBefore, denseAfter));
        set(c, Feature.DENSE_TWO_BEFORE, before == Signals.NONE ? 0 : dense(signals.beside(before, -1)));
        set(c, Feature.DENSE_TWO_AFTER, after == Signals.NONE ? 0 : dense(signals.beside(after, 1)));
        set(c, Feature.CONTENT_BESIDE, Math.max(condensed(before), condensed(after)));
        set(c, Feature.LEXICAL_BEFORE, lexicalBefore);
        set(c, Feature.LEXICAL_AFTER, lexicalAfter);
        set(c, Feature.LEXICAL_BESIDE, Math.max(lexicalBefore, lexicalAfter));
        if (before != Signals.NONE && Traits.endsAsking(messages.traits(before))) {
            set(c, Feature.ASKED_BEFORE, 1);
            set(c, Feature.ASKED_BEFORE_DENSE, denseBefore);
            set(c, Feature.ASKED_BEFORE_LEXICAL, lexicalBefore);
        }
    }

    private float dense(int place) {
        return place == Signals.NONE ? 0 : signals.dense(place);
    }

    private float condensed(int place) {
        return place == Signals.NONE ? 0 : signals.condensed(place);
    }

    private float lexical(int place) {
        return place == Signals.NONE ? 0 : signals.lexical(place);
    }

    private void session(int c, int place) {
        set(c, Feature.SESSION_DENSE, candidates.sessionDense()[c]);
        set(c, Feature.SESSION_CONTENT, candidates.sessionContent()[c]);
        set(c, Feature.SESSION_WORDS, candidates.sessionWords()[c]);
        set(c, Feature.SESSION_LEXICAL, candidates.sessionLexical()[c]);
        set(c, Feature.SESSION_RANK, candidates.sessionRank()[c]);
        set(c, Feature.SESSION_START, signals.beside(place, -1) == Signals.NONE ? 1 : 0);
    }

    private void speaker(int c, int place) {
        boolean user = Traits.byUser(messages.traits(place));
        if (cues.speaker() >= 0) {
            set(c, Feature.SPEAKER, messages.speaker(place) == cues.speaker() ? 1 : -1);
        }
        set(c, Feature.USER, user ? 1 : 0);
        set(c, Feature.USER_TO_YOU, user && cues.you() ? 1 : 0);
        set(c, Feature.COMPANION_TO_YOU, !user && cues.you() ? 1 : 0);
    }

    private void time(int c, int place) {
        if (cues.months() != 0) {
            set(c, Feature.MONTH, (cues.months() >> messages.month(place) & 1) != 0 ? 1 : -0.3f);
        }
        set(c, Feature.WHEN_TIMED, cues.when() && Traits.timed(messages.traits(place)) ? 1 : 0);
        set(c, Feature.WHEN_DATED, times.asksWhen() && messages.times().namesTime(place) ? 1 : 0);
        TimeSpan asked = times.interval();
        if (asked != null) {
            float near = saidThen(place, asked);
            set(c, Feature.SAID_THEN, near);
            set(c, Feature.SAID_ELSE, near == 0 ? 1 : 0);
            set(c, Feature.NAMES_THEN, messages.times().overlap(place, asked));
        }
        float age = signals.size < 2 ? 0 : place / (float) (signals.size - 1);
        set(c, Feature.LATEST, cues.latest() ? age : 0);
        set(c, Feature.FIRST, cues.first() ? age : 0);
    }

    /** 1 within the time, falling to 0 over a month after it: what happened is told later. */
    private float saidThen(int place, TimeSpan asked) {
        long said = messages.times().saidSeconds(place);
        if (said < asked.from().getEpochSecond()) {
            return 0;
        }
        long after = said - asked.until().getEpochSecond();
        return after <= 0 ? 1 : Math.max(0, 1 - after / (float) TOLD_LATER_SECONDS);
    }

    private void form(int c, int place) {
        short traits = messages.traits(place);
        boolean user = Traits.byUser(traits);
        int terms = messages.length(place);
        float length = Math.min(1, (float) Math.log1p(terms) / LONGEST);
        set(c, Feature.LENGTH, length);
        set(c, Feature.LENGTH_SQUARED, length * length);
        set(c, Feature.LENGTH_USER, user ? length : 0);
        set(c, Feature.LENGTH_TO_YOU, !user && cues.you() ? length : 0);
        set(c, Feature.SHORT, terms < 5 ? 1 : 0);
        set(c, Feature.ASKS, Traits.asks(traits) ? 1 : 0);
        boolean ends = Traits.endsAsking(traits);
        set(c, Feature.ENDS_ASKING, ends ? 1 : 0);
        set(c, Feature.ENDS_ASKING_DENSE, ends ? get(c, Feature.DENSE) : 0);
        set(c, Feature.COUNTED, cues.count() && Traits.number(traits) ? 1 : 0);
        set(c, Feature.NAMES, Traits.names(traits));
        set(c, Feature.WHO_NAMES, cues.name() ? Traits.names(traits) : 0);
    }
}
