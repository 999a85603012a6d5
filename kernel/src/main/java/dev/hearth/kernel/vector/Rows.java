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
        byte[] a = chunks[row / CHUNK];
        byte[] b = chunks[other / CHUNK];
        int from = row % CHUNK * dimension;
        int to = other % CHUNK * dimension;
        int sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += a[from + i] * b[to + i];
        }
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
