package dev.hearth.kernel.vector;

import java.util.Random;

/**
 * Vectors in 1 to 4 bits a dimension, for what is seldom read.
 *
 * <ol>
 *   <li>A vector is rotated by a fixed random rotation, after which its components are about normal whatever they were;
 *       each is rounded to the best levels for that (Lloyd 1982, Max 1960), and the scale is chosen such that the dot
 *       product with the vector itself is right (RaBitQ, Gao and Long 2024). In 384 dimensions the error of a dot
 *       product of two vectors of length 1 is about 0.02 at 2 bits and 0.01 at 3 bits. It shrinks with the vector:
 *       what vectors have in common is best taken off before.
 *   <li>The rotation is rounds of random signs, a Hadamard transform of blocks and a random order: it costs a few
 *       thousand additions a vector and is the same in every process, since {@link Random}'s numbers are specified.
 *   <li>An archive of one dimension and number of bits reads what any other of the same wrote. Safe for many threads.
 * </ol>
 */
public final class ArchivedVectors {

    private static final long SEED = 0x48656172_7468L;
    private static final int ROUNDS = 3;

    /** The positive levels for 1, 2, 3 and 4 bits. */
    private static final float[][] LEVELS = {
        {0.7979f},
        {0.4528f, 1.5104f},
        {0.2451f, 0.7560f, 1.3439f, 2.1520f},
        {0.1284f, 0.3881f, 0.6568f, 0.9424f, 1.2562f, 1.6181f, 2.0690f, 2.7326f}
    };

    private final int dimension;
    private final int bits;
    private final int block;
    private final boolean[][] signs = new boolean[ROUNDS][];
    private final int[][] orders = new int[ROUNDS][];

    /**
     * An archive.
     *
     * @param dimension of the vectors, at least 1
     * @param bits a dimension takes, 1 to 4
     */
    public ArchivedVectors(int dimension, int bits) {
        if (dimension < 1 || bits < 1 || bits > LEVELS.length) {
            throw new IllegalArgumentException("No archive has " + bits + " bits for " + dimension + " dimensions.");
        }
        this.dimension = dimension;
        this.bits = bits;
        this.block = Integer.lowestOneBit(dimension);
        Random random = new Random(SEED + dimension);
        for (int round = 0; round < ROUNDS; round++) {
            signs[round] = new boolean[dimension];
            orders[round] = new int[dimension];
            for (int i = 0; i < dimension; i++) {
                signs[round][i] = random.nextBoolean();
                int other = random.nextInt(i + 1);
                orders[round][i] = orders[round][other];
                orders[round][other] = i;
            }
        }
    }

    /**
     * One vector in the archive.
     *
     * @param scale what a level of 1 is worth, 0 for the zero vector
     * @param code {@link #codeBytes} bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Code(float scale, byte[] code) {}

    /** How many bytes a code has. */
    public int codeBytes() {
        return (dimension * bits + 7) / 8;
    }

    /** Rounds a vector of this archive's dimension, with finite components and of any length. */
    public Code encode(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "A vector of " + vector.length + " dimensions for an archive of " + dimension + ".");
        }
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        byte[] code = new byte[codeBytes()];
        if (squares == 0) {
            return new Code(0, code);
        }
        float[] rotated = vector.clone();
        rotate(rotated);
        double norm = Math.sqrt(squares);
        double dot = 0;
        for (int i = 0; i < dimension; i++) {
            double component = rotated[i] / norm;
            int level = nearest(Math.abs(component) * Math.sqrt(dimension));
            boolean negative = component < 0;
            dot += Math.abs(component) * LEVELS[bits - 1][level];
            put(code, i, level << 1 | (negative ? 1 : 0));
        }
        return new Code((float) (norm / dot), code);
    }

    /** What is left of a vector: near it. */
    public float[] decode(Code archived) {
        if (archived.code().length != codeBytes()) {
            throw new IllegalArgumentException("A code of " + archived.code().length + " bytes.");
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            int value = get(archived.code(), i);
            float level = archived.scale() * LEVELS[bits - 1][value >>> 1];
            vector[i] = (value & 1) == 1 ? -level : level;
        }
        rotateBack(vector);
        return vector;
    }

    private int nearest(double size) {
        float[] levels = LEVELS[bits - 1];
        int level = 0;
        while (level + 1 < levels.length && size > (levels[level] + levels[level + 1]) / 2) {
            level++;
        }
        return level;
    }

    private void put(byte[] code, int place, int value) {
        for (int bit = 0, at = place * bits; bit < bits; bit++, at++) {
            code[at >>> 3] |= (byte) ((value >>> bit & 1) << (at & 7));
        }
    }

    private int get(byte[] code, int place) {
        int value = 0;
        for (int bit = 0, at = place * bits; bit < bits; bit++, at++) {
            value |= (code[at >>> 3] >>> (at & 7) & 1) << bit;
        }
        return value;
    }

    private void rotate(float[] vector) {
        float[] moved = new float[dimension];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < dimension; i++) {
                moved[i] = signs[round][i] ? -vector[orders[round][i]] : vector[orders[round][i]];
            }
            hadamard(moved);
            System.arraycopy(moved, 0, vector, 0, dimension);
        }
    }

    private void rotateBack(float[] vector) {
        float[] moved = new float[dimension];
        for (int round = ROUNDS - 1; round >= 0; round--) {
            hadamard(vector);
            for (int i = 0; i < dimension; i++) {
                moved[orders[round][i]] = signs[round][i] ? -vector[i] : vector[i];
            }
            System.arraycopy(moved, 0, vector, 0, dimension);
        }
    }

    /** The Hadamard transform of each block, scaled to keep lengths: its own inverse. */
    private void hadamard(float[] vector) {
        float scale = (float) (1 / Math.sqrt(block));
        for (int from = 0; from < dimension; from += block) {
            for (int half = 1; half < block; half *= 2) {
                for (int pair = from; pair < from + block; pair += 2 * half) {
                    for (int i = pair; i < pair + half; i++) {
                        float sum = vector[i] + vector[i + half];
                        vector[i + half] = vector[i] - vector[i + half];
                        vector[i] = sum;
                    }
                }
            }
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] *= scale;
        }
    }
}
