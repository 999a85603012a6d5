package dev.hearth.kernel.vector;

/**
 * The rows of a {@link RowStore} as they were at one moment. Never changes; safe for many threads.
 */
public final class Rows {

    /** How many rows a chunk holds; small enough that the last one wastes little, large enough to scan in one go. */
    static final int CHUNK = 1024;

    static final int NOBODY = -1;

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

    /** The cosine of two rows, -1 to 1, exact but for their own rounding. */
    public float cosine(int one, int other) {
        byte[] first = chunks[one / CHUNK];
        byte[] second = chunks[other / CHUNK];
        int firstStart = one % CHUNK * dimension;
        int secondStart = other % CHUNK * dimension;
        int product = 0;
        for (int i = 0; i < dimension; i++) {
            product += first[firstStart + i] * second[secondStart + i];
        }
        return product * scales[one / CHUNK][one % CHUNK] * scales[other / CHUNK][other % CHUNK];
    }

    /**
     * Writes the score of every row to {@code scores}: its cosine with {@code query}, -1 to 1, to about 0.01. One
     * kernel gives the same score for the same row always, wherever the row stands.
     *
     * @param query {@code dimension} finite numbers of any length; a zero vector scores 0 everywhere
     * @param scores at least {@link #count} long
     */
    public void scan(float[] query, float[] scores) {
        scan(Kernels.chosen(), query, scores);
    }

    /** The same with a kernel of the caller's choice. */
    public void scan(ScanKernel kernel, float[] query, float[] scores) {
        if (query.length != dimension) {
            throw new IllegalArgumentException(
                    "A query of " + query.length + " dimensions against rows of " + dimension + ".");
        }
        byte[] rounded = new byte[dimension];
        float queryScale = QuantizedVector.quantize(query, kernel.queryLimit(), rounded);
        short[] wide = new short[dimension];
        for (int i = 0; i < dimension; i++) {
            wide[i] = rounded[i];
        }
        for (int first = 0; first < count; first += CHUNK) {
            int chunk = first / CHUNK;
            int here = Math.min(CHUNK, count - first);
            kernel.scan(wide, queryScale, chunks[chunk], scales[chunk], here, scores, first);
        }
    }
}
