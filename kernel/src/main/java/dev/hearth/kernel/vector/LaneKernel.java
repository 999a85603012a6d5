package dev.hearth.kernel.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's way: bytes are widened to 16 bits, multiplied there, and as many products are added in 16 bits as
 * surely fit before the sum is widened to 32. A query of fewer bits lets more products fit: 2 at 127, 4 at 63, 8 at
 * 31 (8 x 31 x 127 = 31,496). Four rows go side by side, since one row alone leaves the processor waiting for its own
 * sum.
 *
 * <p>This class loads only where the module {@code jdk.incubator.vector} is there; {@link Kernels} sees to that.
 */
final class LaneKernel implements ScanKernel {

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = SHORTS.withLanes(int.class);
    private static final int LANES = SHORTS.length();

    private final int queryLimit;
    private final int products;

    /**
     * A kernel for queries of at most this magnitude.
     *
     * @param queryLimit 1 to 127
     */
    LaneKernel(int queryLimit) {
        this.queryLimit = queryLimit;
        this.products = Short.MAX_VALUE / (queryLimit * QuantizedVector.LARGEST);
    }

    @Override
    public String name() {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(queryLimit) + 1;
        return "vector-api " + SHORTS.vectorBitSize() + " bits, query " + bits + " bits";
    }

    @Override
    public int queryLimit() {
        return queryLimit;
    }

    @Override
    public void scan(
            short[] query, float queryScale, byte[] rows, float[] scales, int count, float[] scores, int offset) {
        int dimension = query.length;
        int row = 0;
        for (; row <= count - 4; row += 4) {
            four(query, rows, row * dimension, scores, offset + row);
        }
        for (; row < count; row++) {
            scores[offset + row] = one(query, rows, row * dimension);
        }
        for (int i = 0; i < count; i++) {
            scores[offset + i] *= scales[i] * queryScale;
        }
    }

    private void four(short[] query, byte[] rows, int start, float[] scores, int to) {
        int dimension = query.length;
        int whole = dimension - dimension % LANES;
        int span = products * LANES;
        int second = start + dimension;
        int third = second + dimension;
        int fourth = third + dimension;
        IntVector a = IntVector.zero(INTS);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        for (int from = 0; from < whole; from += span) {
            ShortVector first = ShortVector.fromArray(SHORTS, query, from);
            ShortVector p = first.mul(load(rows, start + from));
            ShortVector q = first.mul(load(rows, second + from));
            ShortVector r = first.mul(load(rows, third + from));
            ShortVector s = first.mul(load(rows, fourth + from));
            int end = Math.min(from + span, whole);
            for (int i = from + LANES; i < end; i += LANES) {
                ShortVector next = ShortVector.fromArray(SHORTS, query, i);
                p = p.add(next.mul(load(rows, start + i)));
                q = q.add(next.mul(load(rows, second + i)));
                r = r.add(next.mul(load(rows, third + i)));
                s = s.add(next.mul(load(rows, fourth + i)));
            }
            a = a.add(widen(p));
            b = b.add(widen(q));
            c = c.add(widen(r));
            d = d.add(widen(s));
        }
        scores[to] = a.reduceLanes(VectorOperators.ADD) + rest(query, rows, start, whole);
        scores[to + 1] = b.reduceLanes(VectorOperators.ADD) + rest(query, rows, second, whole);
        scores[to + 2] = c.reduceLanes(VectorOperators.ADD) + rest(query, rows, third, whole);
        scores[to + 3] = d.reduceLanes(VectorOperators.ADD) + rest(query, rows, fourth, whole);
    }

    private int one(short[] query, byte[] rows, int start) {
        int whole = query.length - query.length % LANES;
        IntVector sum = IntVector.zero(INTS);
        for (int i = 0; i < whole; i += LANES) {
            sum = sum.add(widen(ShortVector.fromArray(SHORTS, query, i).mul(load(rows, start + i))));
        }
        return sum.reduceLanes(VectorOperators.ADD) + rest(query, rows, start, whole);
    }

    private static int rest(short[] query, byte[] rows, int start, int from) {
        int sum = 0;
        for (int i = from; i < query.length; i++) {
            sum += query[i] * rows[start + i];
        }
        return sum;
    }

    private static ShortVector load(byte[] rows, int at) {
        return (ShortVector) ByteVector.fromArray(BYTES, rows, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    /** Adds each pair of neighbouring 16-bit lanes into one of 32 bits, by shifts alone. */
    private static IntVector widen(ShortVector sums) {
        IntVector pairs = sums.reinterpretAsInts();
        return pairs.lanewise(VectorOperators.ASHR, 16)
                .add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
    }
}
