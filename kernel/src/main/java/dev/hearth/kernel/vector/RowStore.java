package dev.hearth.kernel.vector;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of quantized vectors that grow at the end, each with the number of its owner. An owner may have several rows.
 *
 * <ol>
 *   <li>One thread writes at a time. Any number of threads read at any time, each from the {@link Rows} it took.
 *   <li>A {@code Rows} is published by a volatile write after its rows were written, and what it shows is never
 *       written again: new rows go behind its count, a full array is replaced by a larger copy, and replacing an
 *       owner's rows copies the list of owners.
 *   <li>A row takes {@code dimension + 8} bytes. Replaced rows keep theirs until the store is built anew.
 * </ol>
 */
public final class RowStore {

    private static final int FIRST = 8;

    private final int dimension;
    private volatile Rows published;
    private int count;
    /** How many rows there are to be, as far as it was said. */
    private int expected;

    private byte[][] chunks = {};
    private float[][] scales = {};
    private int[] owners = {};

    /** An empty store of vectors with {@code dimension} components, at least 1. */
    public RowStore(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("A vector has at least 1 dimension.");
        }
        this.dimension = dimension;
        this.published = new Rows(dimension, 0, chunks, scales, owners);
    }

    /** The rows as they are now. */
    public Rows rows() {
        return published;
    }

    /**
     * Gives {@code owner} these rows in place of those it has; none takes them away. Costs a copy of each vector, and
     * where the owner may have rows a pass over the owners of all.
     *
     * @param owner 0 or more
     * @param first true where the owner is known to have no rows, which spares looking for them
     */
    public void put(int owner, List<QuantizedVector> vectors, boolean first) {
        for (QuantizedVector vector : vectors) {
            if (vector.values().length != dimension) {
                throw new IllegalArgumentException(
                        "A vector of " + vector.values().length + " dimensions among rows of " + dimension + ".");
            }
        }
        if (!first) {
            disown(owner);
        }
        for (QuantizedVector vector : vectors) {
            append(owner, vector.scale(), vector.values(), 0);
        }
        published = new Rows(dimension, count, chunks, scales, owners);
    }

    /**
     * The same with some rows of many.
     *
     * @param from the first of them
     * @param until behind the last of them
     */
    public void put(int owner, QuantizedRows rows, int from, int until, boolean first) {
        if (until > from && rows.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "Vectors of " + rows.dimension() + " dimensions among rows of " + dimension + ".");
        }
        if (!first) {
            disown(owner);
        }
        for (int row = from; row < until; row++) {
            append(owner, rows.scales()[row], rows.values(), row * dimension);
        }
        published = new Rows(dimension, count, chunks, scales, owners);
    }

    /** Takes the room for so many more rows when the first of them comes, which spares the copies of growing to it. */
    public void expect(int more) {
        expected = count + more;
    }

    /** Gives back the room for rows to come; worth its copies once many have been put. */
    public void trim() {
        int chunk = (count - 1) / Rows.CHUNK;
        int within = count - chunk * Rows.CHUNK;
        if (count > 0 && within < scales[chunk].length) {
            chunks = chunks.clone();
            scales = scales.clone();
            resize(chunk, within);
        }
        owners = Arrays.copyOf(owners, count);
        expected = 0;
        published = new Rows(dimension, count, chunks, scales, owners);
    }

    private void disown(int owner) {
        int[] changed = owners.clone();
        for (int row = 0; row < count; row++) {
            if (changed[row] == owner) {
                changed[row] = Rows.NOBODY;
            }
        }
        owners = changed;
    }

    private void append(int owner, float scale, byte[] values, int at) {
        int chunk = count / Rows.CHUNK;
        int within = count % Rows.CHUNK;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            scales = Arrays.copyOf(scales, chunk + 1);
            resize(chunk, room(chunk, chunk == 0 ? FIRST : Rows.CHUNK / 8));
        } else if (within == scales[chunk].length) {
            chunks = chunks.clone();
            scales = scales.clone();
            resize(chunk, room(chunk, within + Math.max(FIRST / 2, within / 4)));
        }
        if (count == owners.length) {
            owners = Arrays.copyOf(owners, Math.max(expected, count + Math.max(FIRST, count / 4)));
        }
        System.arraycopy(values, at, chunks[chunk], within * dimension, dimension);
        scales[chunk][within] = scale;
        owners[count] = owner;
        count++;
    }

    private int room(int chunk, int least) {
        return Math.min(Rows.CHUNK, Math.max(least, expected - chunk * Rows.CHUNK));
    }

    private void resize(int chunk, int rows) {
        byte[] old = chunks[chunk];
        chunks[chunk] = old == null ? new byte[rows * dimension] : Arrays.copyOf(old, rows * dimension);
        float[] oldScales = scales[chunk];
        scales[chunk] = oldScales == null ? new float[rows] : Arrays.copyOf(oldScales, rows);
    }
}
