package dev.hearth.kernel.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a {@link RowStore} as they were at one moment. Never changes; safe for many threads.
 */
public final class Rows {

    /** How many rows a chunk holds; small enough that the last one wastes little, large enough to scan in one go. */
    static final int CHUNK = 1024;

    static final int NOBODY = -1;

    /** So many more rows than asked for, and half as many again, are scored exactly. */
    private static final int SPARE = 16;

    private final int dimension;
    private final int count;
    private final byte[][] chunks;
    private final float[][] scales;
    private final int[] owners;

    Rows(int dimension, int count, byte[][] chunks, float[][] scales, int[] owners) {
        this.dimension = dimension;
        this.count = count;
        this.chunks = chunks;
        this.scales = scales;
        this.owners = owners;
    }

    public int dimension() {
        return dimension;
    }

    /** How many rows there are, those that nobody owns any more included. */
    public int count() {
        return count;
    }

    /** Whose row it is, or -1 where it has been replaced. */
    public int owner(int row) {
        return owners[row];
    }

    /** The heap that these rows take, in bytes, to a few percent; room for rows to come is counted. */
    public long bytes() {
        long bytes = 160 + 4L * owners.length;
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            bytes += chunks[chunk].length + 4L * scales[chunk].length + 40;
        }
        return bytes;
    }

    /** Some of the rows, copied side by side, so that a few are scanned often; -1 gives a row of zeros. */
    public Rows gather(int[] chosen) {
        int parts = (chosen.length + CHUNK - 1) / CHUNK;
        byte[][] values = new byte[parts][];
        float[][] steps = new float[parts][];
        for (int part = 0; part < parts; part++) {
            int here = Math.min(CHUNK, chosen.length - part * CHUNK);
            values[part] = new byte[here * dimension];
            steps[part] = new float[here];
            for (int i = 0; i < here; i++) {
                int row = chosen[part * CHUNK + i];
                if (row != NOBODY) {
                    System.arraycopy(
                            chunks[row / CHUNK], row % CHUNK * dimension, values[part], i * dimension, dimension);
                    steps[part][i] = scales[row / CHUNK][row % CHUNK];
                }
            }
        }
        return new Rows(dimension, chosen.length, values, steps, chosen.clone());
    }

    /** The cosine of two rows. */
    public float cosine(int row, int other) {
        int sum = Kernels.chosen()
                .dot(
                        chunks[row / CHUNK],
                        row % CHUNK * dimension,
                        chunks[other / CHUNK],
                        other % CHUNK * dimension,
                        dimension);
        return sum * scales[row / CHUNK][row % CHUNK] * scales[other / CHUNK][other % CHUNK];
    }

    /** Adds {@code factor} times a row to {@code sum}, which is {@code dimension} long. */
    public void add(int row, float factor, float[] sum) {
        byte[] values = chunks[row / CHUNK];
        int start = row % CHUNK * dimension;
        float step = factor * scales[row / CHUNK][row % CHUNK];
        for (int i = 0; i < dimension; i++) {
            sum[i] += step * values[start + i];
        }
    }

    /**
     * Writes the score of every row to {@code scores}: its cosine with {@code query}, -1 to 1, to about 0.002. One
     * kernel gives the same score for the same row always, wherever the row stands.
     *
     * @param query {@code dimension} finite numbers of any length; a zero vector scores 0 everywhere
     * @param scores at least {@link #count} long
     */
    public void scan(float[] query, float[] scores) {
        scan(Kernels.chosen(), query, scores);
    }

    /** The same for two queries at once, for which every row comes from memory once. */
    public void scan(float[] query, float[] scores, float[] other, float[] otherScores) {
        check(query);
        check(other);
        ScanKernel kernel = Kernels.chosen();
        short[] rounded = new short[dimension];
        short[] otherRounded = new short[dimension];
        float queryScale = kernel.round(query, rounded);
        float otherScale = kernel.round(other, otherRounded);
        for (int first = 0; first < count; first += CHUNK) {
            int chunk = first / CHUNK;
            int here = Math.min(CHUNK, count - first);
            kernel.scan(rounded, queryScale, chunks[chunk], scales[chunk], here, scores, first);
            kernel.scan(otherRounded, otherScale, chunks[chunk], scales[chunk], here, otherScores, first);
        }
    }

    /** The same with a kernel of the caller's choice. */
    public void scan(ScanKernel kernel, float[] query, float[] scores) {
        check(query);
        short[] rounded = new short[dimension];
        float queryScale = kernel.round(query, rounded);
        for (int first = 0; first < count; first += CHUNK) {
            int chunk = first / CHUNK;
            int here = Math.min(CHUNK, count - first);
            kernel.scan(rounded, queryScale, chunks[chunk], scales[chunk], here, scores, first);
        }
    }

    /**
     * The rows most like {@code query}, best first, equals in the order of the rows; replaced ones are left out. A scan
     * of all finds half as many more and a few, and their scores are then computed anew with all 16 bits of the query: to
     * about 0.0005, which is what the rows' own rounding leaves.
     *
     * <p>The engine ranks by more than likeness and so scans; this is for whoever ranks by likeness alone, as every
     * comparison with other vector searches does. It stands here because the second scoring needs the rows as they are
     * stored, which nobody else sees.
     *
     * @param query as for {@link #scan}
     * @param most at least 0
     */
    public List<Match> nearest(float[] query, int most) {
        return nearest(Kernels.chosen(), query, most);
    }

    /** The same with a kernel of the caller's choice. */
    public List<Match> nearest(ScanKernel kernel, float[] query, int most) {
        check(query);
        int wanted = Math.min(most, count);
        Highest highest = scanned(kernel, query, wanted);
        short[] fine = new short[dimension];
        float fineScale = Rounding.toLimit(query, Rounding.exactLimit(dimension), fine);
        Highest exact = new Highest(wanted);
        for (long key : highest.best()) {
            int row = Highest.row(key);
            int within = row % CHUNK;
            int dot = kernel.dot(fine, chunks[row / CHUNK], within * dimension);
            exact.offer(row, dot * (scales[row / CHUNK][within] * fineScale));
        }
        List<Match> matches = new ArrayList<>(wanted);
        for (long key : exact.best()) {
            matches.add(new Match(Highest.row(key), owners[Highest.row(key)], Highest.score(key)));
        }
        return matches;
    }

    private Highest scanned(ScanKernel kernel, float[] query, int wanted) {
        short[] coarse = new short[dimension];
        float coarseScale = kernel.round(query, coarse);
        float[] scores = new float[CHUNK];
        Highest highest = new Highest(wanted + wanted / 2 + SPARE);
        for (int first = 0; first < count; first += CHUNK) {
            int chunk = first / CHUNK;
            int here = Math.min(CHUNK, count - first);
            kernel.scan(coarse, coarseScale, chunks[chunk], scales[chunk], here, scores, 0);
            offer(scores, first, here, highest);
        }
        return highest;
    }

    private void offer(float[] scores, int first, int here, Highest highest) {
        float least = highest.least();
        for (int i = 0; i < here; i++) {
            if (scores[i] > least && owners[first + i] != NOBODY) {
                highest.offer(first + i, scores[i]);
                least = highest.least();
            }
        }
    }

    private void check(float[] query) {
        if (query.length != dimension) {
            throw new IllegalArgumentException(
                    "A query of " + query.length + " dimensions against rows of " + dimension + ".");
        }
    }
}
