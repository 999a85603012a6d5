package dev.hearth.kernel.vector;

/**
 * The inner loop of a scan: one query against many rows of int8. Stateless and safe for many threads. Got from
 * {@link Kernels}.
 */
public interface ScanKernel {

    /** What it is called in a log line. */
    String name();

    /** The largest magnitude that a query's component may have here: 1 to 127. */
    int queryLimit();

    /**
     * Writes the dot product of {@code query} with each of the first {@code count} rows, times the row's scale and
     * {@code queryScale}, to {@code scores} from {@code offset} on. Costs {@code count * query.length} products.
     *
     * @param query one whole number a dimension, its magnitude at most {@link #queryLimit}
     * @param rows the rows one after the other, {@code query.length} bytes each, -127 to 127
     */
    void scan(short[] query, float queryScale, byte[] rows, float[] scales, int count, float[] scores, int offset);
}
