package dev.hearth.kernel.vector;

import java.util.Arrays;

/**
 * Keeps the rows of the highest scores: a binary heap with the least of them on top. Of equal scores the lower row is
 * the better one. One thread at a time.
 */
final class Highest {

    private final int most;

    /** From 1 on; the score in the upper half such that larger numbers are better, the row's complement below. */
    private final long[] heap;

    private int size;

    /** Keeps {@code most} rows. */
    Highest(int most) {
        this.most = most;
        this.heap = new long[most + 1];
    }

    /** What a score must exceed to be kept; negative infinity as long as there is room. */
    float least() {
        if (size < most) {
            return Float.NEGATIVE_INFINITY;
        }
        return most == 0 ? Float.POSITIVE_INFINITY : score(heap[1]);
    }

    /** Keeps a row, in place of the least where it is better than that. */
    void offer(int row, float score) {
        long key = (long) ordered(Float.floatToRawIntBits(score)) << 32 | (~row & 0xFFFFFFFFL);
        if (size < most) {
            int at = ++size;
            for (; at > 1 && key < heap[at / 2]; at /= 2) {
                heap[at] = heap[at / 2];
            }
            heap[at] = key;
        } else if (most > 0 && key > heap[1]) {
            down(key);
        }
    }

    /** What was kept, best first: {@link #row} and {@link #score} read it. */
    long[] best() {
        long[] best = Arrays.copyOfRange(heap, 1, size + 1);
        Arrays.sort(best);
        for (int i = 0, j = best.length - 1; i < j; i++, j--) {
            long worse = best[i];
            best[i] = best[j];
            best[j] = worse;
        }
        return best;
    }

    static int row(long key) {
        return ~(int) key;
    }

    static float score(long key) {
        return Float.intBitsToFloat(ordered((int) (key >> 32)));
    }

    private void down(long key) {
        int at = 1;
        while (2 * at <= size) {
            int child = 2 * at < size && heap[2 * at + 1] < heap[2 * at] ? 2 * at + 1 : 2 * at;
            if (key <= heap[child]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }

    /** The bits of a float as a number in the float's order, and back. */
    private static int ordered(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
