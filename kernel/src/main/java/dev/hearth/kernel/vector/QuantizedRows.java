package dev.hearth.kernel.vector;

import java.util.Arrays;

/**
 * Vectors of one dimension side by side, as {@link QuantizedVector} has each: many without an array for each of them.
 *
 * @param dimension of each, at least 1
 * @param scales one a row, finite and never negative
 * @param values {@code dimension} a row, -127 to 127 each; owned by this record and changed by nobody
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record QuantizedRows(int dimension, float[] scales, byte[] values) {

    public QuantizedRows {
        if (dimension < 1 || values.length != (long) dimension * scales.length) {
            throw new IllegalArgumentException(
                    values.length + " bytes are not " + scales.length + " vectors of " + dimension + " dimensions.");
        }
        for (float scale : scales) {
            QuantizedVector.check(scale);
        }
        QuantizedVector.check(values);
    }

    public int count() {
        return scales.length;
    }

    /** A copy of one row. */
    public QuantizedVector vector(int row) {
        return new QuantizedVector(scales[row], Arrays.copyOfRange(values, row * dimension, (row + 1) * dimension));
    }
}
