package dev.hearth.kernel.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's way: bytes are widened to 16 bits, multiplied there, and the products of a span of {@value #VECTORS}
 * vectors are added in 16 bits before their sum is widened to 32. What surely fits is seen to by the query's rounding:
 * no lane's components may add up to more than {@value #MOST_IN_A_LANE} in magnitude. For an embedding that leaves the
 * query about 7 bits where the span is 384 dimensions, as it is with vectors of 512 bits.
 *
 * <p>The loops are small and count to a constant on purpose: the compiler unrolls those, and gives up on a larger body
 * of Vector API calls, which then is several times as slow.
 *
 * <p>This class loads only where the module {@code jdk.incubator.vector} is there; {@link Kernels} sees to that.
 */
final class LaneKernel implements ScanKernel {

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = SHORTS.withLanes(int.class);
    private static final int LANES = SHORTS.length();

    private static final int VECTORS = 12;
    private static final int SPAN = VECTORS * LANES;
    private static final int MOST_IN_A_LANE = Short.MAX_VALUE / QuantizedVector.LARGEST;

    @Override
    public String name() {
        return "vector-api " + SHORTS.vectorBitSize() + " bits";
    }

    @Override
    public float round(float[] query, short[] into) {
        double most = Rounding.largest(query);
        for (int from = 0; from < query.length; from += SPAN) {
            for (int lane = from; lane < Math.min(from + LANES, query.length); lane++) {
                double sum = 0;
                for (int i = lane; i < Math.min(from + SPAN, query.length); i += LANES) {
                    sum += Math.abs(query[i]);
                }
                most = Math.max(most, sum);
            }
        }
        // Rounding adds at most a half to each.
        return Rounding.write(query, most == 0 ? 0 : (MOST_IN_A_LANE - VECTORS / 2.0) / most, into);
    }

    @Override
    public void scan(
            short[] query, float queryScale, byte[] rows, float[] scales, int count, float[] scores, int offset) {
        if (query.length == SPAN) {
            for (int row = 0; row < count; row++) {
                scores[offset + row] = widen(span(query, rows, row * SPAN)).reduceLanes(VectorOperators.ADD);
            }
        } else {
            for (int row = 0; row < count; row++) {
                scores[offset + row] = any(query, rows, row * query.length);
            }
        }
        for (int i = 0; i < count; i++) {
            scores[offset + i] *= scales[i] * queryScale;
        }
    }

    private static ShortVector span(short[] query, byte[] rows, int start) {
        ShortVector sums = ShortVector.zero(SHORTS);
        for (int i = 0; i < SPAN; i += LANES) {
            sums = sums.add(ShortVector.fromArray(SHORTS, query, i).mul(load(rows, start + i)));
        }
        return sums;
    }

    /** A row of another length: whole spans, whole vectors, and what is left. */
    private static int any(short[] query, byte[] rows, int start) {
        IntVector sums = IntVector.zero(INTS);
        int from = 0;
        for (; from <= query.length - SPAN; from += SPAN) {
            ShortVector products = ShortVector.zero(SHORTS);
            for (int i = 0; i < SPAN; i += LANES) {
                ShortVector part = ShortVector.fromArray(SHORTS, query, from + i);
                products = products.add(part.mul(load(rows, start + from + i)));
            }
            sums = sums.add(widen(products));
        }
        for (; from <= query.length - LANES; from += LANES) {
            sums = sums.add(widen(ShortVector.fromArray(SHORTS, query, from).mul(load(rows, start + from))));
        }
        return sums.reduceLanes(VectorOperators.ADD) + rest(query, rows, start, from);
    }

    @Override
    public int dot(short[] query, byte[] rows, int start) {
        IntVector sums = IntVector.zero(INTS);
        int from = 0;
        for (; from <= query.length - LANES; from += LANES) {
            ShortVector row = load(rows, start + from);
            ShortVector part = ShortVector.fromArray(SHORTS, query, from);
            sums = sums.add(even(part).mul(even(row))).add(odd(part).mul(odd(row)));
        }
        return sums.reduceLanes(VectorOperators.ADD) + rest(query, rows, start, from);
    }

    @Override
    public int dot(byte[] row, int from, byte[] rows, int start, int length) {
        IntVector sums = IntVector.zero(INTS);
        int done = 0;
        for (; done <= length - LANES; done += LANES) {
            // A product of two bytes fits 16 bits; two of them may not.
            sums = sums.add(widen(load(row, from + done).mul(load(rows, start + done))));
        }
        int rest = 0;
        for (; done < length; done++) {
            rest += row[from + done] * rows[start + done];
        }
        return sums.reduceLanes(VectorOperators.ADD) + rest;
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

    /** Adds each pair of neighbouring 16-bit lanes into one of 32 bits. */
    private static IntVector widen(ShortVector sums) {
        return even(sums).add(odd(sums));
    }

    private static IntVector even(ShortVector shorts) {
        return shorts.reinterpretAsInts().lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
    }

    private static IntVector odd(ShortVector shorts) {
        return shorts.reinterpretAsInts().lanewise(VectorOperators.ASHR, 16);
    }
}
