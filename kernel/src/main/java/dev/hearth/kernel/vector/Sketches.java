package dev.hearth.kernel.vector;

import java.util.Arrays;

/**
 * One bit a component of each row, to find the few rows that are worth an exact score: on which side of the rows'
 * centre it lies, with what the row's distance makes of that (RaBitQ: Gao and Long, "RaBitQ: Quantizing
 * High-Dimensional Vectors with a Theoretical Error Bound", 2024, without its rotation, since embeddings have no
 * favoured axes). An estimate is off by about 0.02 and costs a seventh of an exact score.
 *
 * <p>A row's bits lie apart, 64 components in each of {@link #words} arrays' worth of rows, so that the compiler counts
 * many rows at a time. A row takes {@code dimension / 8 + 8} bytes. One thread adds rows; what lies before the count
 * of a published {@link Rows} never changes.
 */
final class Sketches {

    /** Bits of a query's component: with its sign, -7 to 7. */
    private static final int QUERY_BITS = 4;

    private static final int QUERY_LIMIT = 7;

    private final float[] centre;
    private final int words;
    private final Chunk[] chunks;

    /** The rows of one chunk. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(long[] bits, float[] factors, float[] offsets) {}

    private Sketches(float[] centre, Chunk[] chunks) {
        this.centre = centre;
        this.words = (centre.length + Long.SIZE - 1) / Long.SIZE;
        this.chunks = chunks;
    }

    /** No sketches yet, of rows that lie around the mean of the first {@code count}. */
    static Sketches around(int dimension, int count, byte[][] values, float[][] scales) {
        double[] sums = new double[dimension];
        for (int row = 0; row < count; row++) {
            byte[] from = values[row / Rows.CHUNK];
            int start = row % Rows.CHUNK * dimension;
            float scale = scales[row / Rows.CHUNK][row % Rows.CHUNK];
            for (int i = 0; i < dimension; i++) {
                sums[i] += scale * from[start + i];
            }
        }
        float[] centre = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            centre[i] = (float) (sums[i] / count);
        }
        return new Sketches(centre, new Chunk[0]);
    }

    /** These with room for row {@code row}: another object where that takes another chunk. */
    Sketches reaching(int row) {
        if (row / Rows.CHUNK < chunks.length) {
            return this;
        }
        Chunk[] more = Arrays.copyOf(chunks, row / Rows.CHUNK + 1);
        for (int i = chunks.length; i < more.length; i++) {
            more[i] = new Chunk(new long[words * Rows.CHUNK], new float[Rows.CHUNK], new float[Rows.CHUNK]);
        }
        return new Sketches(centre, more);
    }

    /** Sketches the row whose values begin at {@code start}. */
    void put(int row, byte[] values, int start, float scale) {
        Chunk chunk = chunks[row / Rows.CHUNK];
        int within = row % Rows.CHUNK;
        double squares = 0;
        double magnitudes = 0;
        double offset = 0;
        for (int i = 0; i < centre.length; i++) {
            float apart = scale * values[start + i] - centre[i];
            squares += apart * apart;
            magnitudes += Math.abs(apart);
            offset += centre[i] * apart;
            if (apart > 0) {
                chunk.bits[i / Long.SIZE * Rows.CHUNK + within] |= 1L << i;
            }
        }
        chunk.factors[within] = magnitudes == 0 ? 0 : (float) (squares / magnitudes);
        chunk.offsets[within] = (float) offset;
    }

    /** A query in the form that {@link #estimate} takes; the same for all chunks. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Query(long[] planes, float step, float shift) {}

    /** Prepares a query of any length. */
    Query query(float[] query) {
        double squares = 0;
        for (float component : query) {
            squares += (double) component * component;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        double[] apart = new double[centre.length];
        double largest = 0;
        for (int i = 0; i < centre.length; i++) {
            apart[i] = query[i] / length - centre[i];
            largest = Math.max(largest, Math.abs(apart[i]));
        }
        long[] planes = new long[words * QUERY_BITS];
        double step = largest == 0 ? 1 : largest / QUERY_LIMIT;
        long sum = 0;
        for (int i = 0; i < centre.length; i++) {
            long rounded = Math.round(apart[i] / step);
            sum += rounded;
            for (int bit = 0; bit < QUERY_BITS; bit++) {
                planes[i / Long.SIZE * QUERY_BITS + bit] |= ((rounded >>> bit) & 1) << i;
            }
        }
        return new Query(planes, (float) (2 * step), (float) (step * sum));
    }

    /**
     * Writes about the cosine of the first {@code count} rows of a chunk with the query, less what is the same for all
     * rows, to {@code scores}.
     *
     * @param sums room for a chunk
     */
    void estimate(Query query, int chunk, int count, int[] sums, float[] scores) {
        Chunk here = chunks[chunk];
        Arrays.fill(sums, 0, count, 0);
        for (int word = 0; word < words; word++) {
            add(here.bits, word * Rows.CHUNK, count, query.planes, word * QUERY_BITS, sums);
        }
        for (int i = 0; i < count; i++) {
            scores[i] = here.offsets[i] + here.factors[i] * (sums[i] * query.step - query.shift);
        }
    }

    /** Adds the query's components where a row's bit is set; the highest plane is that of the sign. */
    private static void add(long[] bits, int start, int count, long[] planes, int plane, int[] sums) {
        long ones = planes[plane];
        long twos = planes[plane + 1];
        long fours = planes[plane + 2];
        long eights = planes[plane + 3];
        for (int i = 0; i < count; i++) {
            long row = bits[start + i];
            sums[i] += Long.bitCount(row & ones)
                    + 2 * Long.bitCount(row & twos)
                    + 4 * Long.bitCount(row & fours)
                    - 8 * Long.bitCount(row & eights);
        }
    }

    long bytes() {
        return 4L * centre.length + chunks.length * ((8L * words + 8) * Rows.CHUNK + 80);
    }
}
