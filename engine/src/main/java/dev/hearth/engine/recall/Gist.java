package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.TermHashes;
import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What is known of a run of messages that is not in memory: enough to tell whether a query is likely to find something in
 * it. Some two bytes a term, and a vector for each of a few centres.
 *
 * @param from when the first of them was said
 * @param until when the last of them was said
 * @param terms {@value #BITS} bits of the hash of each term that any of them has, ascending
 * @param centres of their vectors, by spherical k-means; none where they have no vectors
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared with nothing
public record Gist(Instant from, Instant until, int[] terms, List<QuantizedVector> centres) {

    /** One in ten thousand terms that no message has is taken for one. */
    static final int BITS = 24;

    private static final int MOST_CENTRES = 8;
    private static final int VECTORS_A_CENTRE = 12;
    private static final int ROUNDS = 6;
    private static final int MOST_TERMS = 4_096;

    public Gist {
        centres = List.copyOf(centres);
    }

    /** The gist of messages, at least one, and their vectors. */
    public static Gist of(List<IndexedMessage> messages, Collection<List<QuantizedVector>> vectors) {
        Instant from = messages.getFirst().time();
        Instant until = from;
        TermHashes hashes = new TermHashes(MOST_TERMS);
        List<Integer> terms = new ArrayList<>();
        for (IndexedMessage message : messages) {
            from = message.time().isBefore(from) ? message.time() : from;
            until = message.time().isAfter(until) ? message.time() : until;
            if (message.searchable()) {
                Arrays.stream(hashes.of(message.text())).mapToInt(Gist::term).forEach(terms::add);
            }
        }
        List<float[]> floats = vectors.stream()
                .flatMap(List::stream)
                .map(QuantizedVector::toFloats)
                .toList();
        int[] sorted = terms.stream().mapToInt(term -> term).sorted().distinct().toArray();
        return new Gist(from, until, sorted, centres(floats));
    }

    static int term(long hash) {
        return (int) (hash >>> (Long.SIZE - BITS));
    }

    boolean has(long hash) {
        return Arrays.binarySearch(terms, term(hash)) >= 0;
    }

    /** The cosine of {@code vector} with the centre that it is most like; 0 without centres. */
    double likeness(float[] vector) {
        double best = 0;
        for (QuantizedVector centre : centres) {
            double sum = 0;
            byte[] values = centre.values();
            for (int i = 0; i < values.length; i++) {
                sum += (double) vector[i] * values[i];
            }
            best = Math.max(best, sum * centre.scale());
        }
        return best;
    }

    private static List<QuantizedVector> centres(List<float[]> vectors) {
        int count = Math.min(MOST_CENTRES, Math.ceilDiv(vectors.size(), VECTORS_A_CENTRE));
        if (count == 0) {
            return List.of();
        }
        float[][] centres = new float[count][];
        for (int c = 0; c < count; c++) {
            // Neighbours are about the same, so that what lies far apart begins with different matters.
            centres[c] = vectors.get(c * vectors.size() / count).clone();
        }
        for (int round = 0; round < ROUNDS; round++) {
            float[][] sums = new float[count][vectors.getFirst().length];
            for (float[] vector : vectors) {
                float[] sum = sums[nearest(centres, vector)];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += vector[i];
                }
            }
            for (int c = 0; c < count; c++) {
                double length = Math.sqrt(dot(sums[c], sums[c]));
                for (int i = 0; i < sums[c].length && length > 0; i++) {
                    centres[c][i] = (float) (sums[c][i] / length);
                }
            }
        }
        return Arrays.stream(centres).map(QuantizedVector::of).toList();
    }

    private static int nearest(float[][] centres, float[] vector) {
        int nearest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double likeness = dot(centres[c], vector);
            if (likeness > most) {
                most = likeness;
                nearest = c;
            }
        }
        return nearest;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
