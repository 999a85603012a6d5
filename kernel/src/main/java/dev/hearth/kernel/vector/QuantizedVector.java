package dev.hearth.kernel.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A vector of length 1 in one byte a dimension: component {@code i} is about {@code scale * values[i]}. A vector of
 * 384 dimensions takes 388 bytes, and the dot product of two deviates from the floats' by about 0.002.
 *
 * @param scale what one step is worth, 0 for the zero vector, finite and never negative
 * @param values -127 to 127 each; owned by this record and changed by nobody
 */
@SuppressWarnings("ArrayRecordComponent") // equality is of the numbers, and a copy per row would be waste
public record QuantizedVector(float scale, byte[] values) {

    static final int LARGEST = 127;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A byte of -128 in each of eight, and a byte of 1: a byte of a long is 0 as Warren has it (Hacker's Delight, 6-1). */
    private static final long LOWEST = 0x8080_8080_8080_8080L;

    private static final long ONES = 0x0101_0101_0101_0101L;

    public QuantizedVector {
        check(scale);
        check(values);
    }

    static void check(float scale) {
        if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Not the scale of a vector: " + scale + ".");
        }
    }

    static void check(byte[] values) {
        // Kernels add products in 16 bits, which -128 could overflow. Eight at a time: every vector that is loaded
        // passes here.
        long found = 0;
        int at = 0;
        for (; at <= values.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(values, at) ^ LOWEST;
            found |= (eight - ONES) & ~eight & LOWEST;
        }
        for (; at < values.length; at++) {
            found |= values[at] == Byte.MIN_VALUE ? 1 : 0;
        }
        if (found != 0) {
            throw new IllegalArgumentException("A quantized vector holds -127 to 127.");
        }
    }

    /**
     * Scales {@code vector} to length 1 and rounds it. The zero vector stays zero: its score is 0 with everything.
     *
     * @throws IllegalArgumentException where a component is not finite
     */
    public static QuantizedVector of(float[] vector) {
        short[] rounded = new short[vector.length];
        float scale = Rounding.toLimit(vector, LARGEST, rounded);
        byte[] values = new byte[vector.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) rounded[i];
        }
        return new QuantizedVector(scale, values);
    }

    /** The vector that this stands for. */
    public float[] toFloats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = scale * values[i];
        }
        return floats;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantizedVector that
                && Float.compare(scale, that.scale) == 0
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Float.hashCode(scale);
    }

    /** The dimension and the scale; the numbers stay out of logs, since words can be guessed from them. */
    @Override
    public String toString() {
        return "QuantizedVector[" + values.length + " dimensions, scale " + scale + "]";
    }
}
