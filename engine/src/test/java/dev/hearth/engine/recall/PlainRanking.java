package dev.hearth.engine.recall;

import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A random relationship of one-word messages, ranked by the formula alone, to hold the index against. */
final class PlainRanking {

    private record Entry(long seq, int session, boolean matches, double cosine) {}

    private final RelationshipIndex index = new RelationshipIndex(2);
    private final List<Entry> entries = new ArrayList<>();
    private long before = Long.MAX_VALUE;

    static PlainRanking random(Random random) {
        PlainRanking plain = new PlainRanking();
        int count = 1 + random.nextInt(60);
        int session = 0;
        for (int i = 0; i < count; i++) {
            long seq = 2L * i + 1;
            session += random.nextInt(4) == 0 ? 1 : 0;
            boolean matches = random.nextInt(5) == 0;
            // Each is one term long, so that every match has the same BM25 score.
            plain.index.append(
                    new IndexedMessage(seq, true, "", session, Instant.EPOCH, matches ? "yes" : "pear", true));
            // A query along an axis is rounded to itself, so that the plain cosine is the rounded vector's component.
            double angle = random.nextInt(20) * Math.PI / 20;
            QuantizedVector vector = QuantizedVector.of(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
            plain.index.quantizedVectors(seq, List.of(vector));
            plain.entries.add(new Entry(seq, session, matches, vector.scale() * vector.values()[0]));
        }
        for (int i = 0; i < count / 6; i++) {
            Entry gone = plain.entries.remove(random.nextInt(plain.entries.size()));
            plain.index.delete(gone.seq());
        }
        plain.before = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(2 * count + 2);
        return plain;
    }

    List<Ranked> search(int limit) {
        return index.search(new RecallQuery("yes", new float[] {1, 0}, limit, Instant.EPOCH, seq -> seq >= before))
                .hits();
    }

    List<Double> bestScores(int limit) {
        List<Entry> there =
                entries.stream().filter(entry -> entry.seq() < before).toList();
        double lowest = there.stream().mapToDouble(Entry::cosine).min().orElse(0);
        double highest = there.stream().mapToDouble(Entry::cosine).max().orElse(0);
        List<Double> own =
                there.stream().map(entry -> own(entry, lowest, highest)).toList();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < there.size(); i++) {
            double neighbour = Math.max(neighbour(there, own, i, i - 1), neighbour(there, own, i, i + 1));
            scores.add(own.get(i) + 0.2 * neighbour);
        }
        return scores.stream().sorted(Comparator.reverseOrder()).limit(limit).toList();
    }

    private static double own(Entry entry, double lowest, double highest) {
        double even = highest > 0 ? 1 : 0;
        double dense = highest > lowest ? (entry.cosine() - lowest) / (highest - lowest) : even;
        return 0.6 * dense + (entry.matches() ? 0.4 : 0);
    }

    private static double neighbour(List<Entry> there, List<Double> own, int i, int other) {
        boolean one = other >= 0
                && other < there.size()
                && there.get(other).session() == there.get(i).session();
        return one ? own.get(other) : 0;
    }
}
