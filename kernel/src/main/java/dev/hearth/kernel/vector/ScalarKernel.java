package dev.hearth.kernel.vector;

/**
 * Plain Java: runs everywhere, and the others are checked against it. One sum, since the compiler unrolls it as well
 * as four sums written out.
 */
final class ScalarKernel implements ScanKernel {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float round(float[] query, short[] into) {
        return Rounding.toLimit(query, Rounding.exactLimit(query.length), into);
    }

    @Override
    public void scan(
            short[] query, float queryScale, byte[] rows, float[] scales, int count, float[] scores, int offset) {
        for (int row = 0; row < count; row++) {
            scores[offset + row] = dot(query, rows, row * query.length) * (scales[row] * queryScale);
        }
    }

    @Override
    public int dot(short[] query, byte[] rows, int start) {
        int sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += query[i] * rows[start + i];
        }
        return sum;
    }

    @Override
    public int dot(byte[] row, int from, byte[] rows, int start, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += row[from + i] * rows[start + i];
        }
        return sum;
    }
}
