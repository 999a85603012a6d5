package dev.hearth.kernel.vector;

/**
 * The inner loops of a scan: one query against many rows of int8. Stateless and safe for many threads. Got from
 * {@link Kernels}.
 */
public interface ScanKernel {

    /** What it is called in a log line. */
    String name();

    /**
     * Rounds a query of any length to whole numbers that {@link #scan} can take without an overflow, as fine as that
     * allows.
     *
     * @param query finite numbers
     * @param into gets one whole number a dimension
     * @return what one step is worth where the query is scaled to length 1; 0 for the zero vector
     */
    float round(float[] query, short[] into);

    /**
     * Writes the dot product of {@code query} with each of the first {@code count} rows, times the row's scale and
     * {@code queryScale}, to {@code scores} from {@code offset} on. Costs {@code count * query.length} products.
     *
     * @param query what {@link #round} made
     * @param rows the rows one after the other, {@code query.length} bytes each, -127 to 127
     */
    void scan(short[] query, float queryScale, byte[] rows, float[] scales, int count, float[] scores, int offset);

    /**
     * The dot product of {@code query} with the one row that begins at {@code start}: some five times the cost of a
     * row of {@link #scan}, for a query of up to 16 bits.
     *
     * @param query one whole number a dimension, such that no sum leaves 32 bits
     */
    int dot(short[] query, byte[] rows, int start);

    /** The dot product of two rows of {@code length} bytes, which begin at {@code from} and {@code start}. */
    int dot(byte[] row, int from, byte[] rows, int start, int length);
}
