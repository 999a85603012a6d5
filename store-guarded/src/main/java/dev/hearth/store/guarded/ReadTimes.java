package dev.hearth.store.guarded;

import java.util.Arrays;

/**
 * How long the last {@value #KEPT} reads took. A read that was asked twice counts with the time to its first answer: less
 * than its first request would have taken, and still more than the 95th percentile it was held against, which
 * therefore does not sink. Safe for many threads; a sort of {@value #KEPT} numbers for each read.
 */
final class ReadTimes {

    static final int KEPT = 256;

    /** Before as many reads it is not known what is slow. */
    static final int LEAST = 20;

    private static final int PERCENT = 95;

    private final long[] nanos = new long[KEPT];
    private int count;
    private int next;
    private long slow = Long.MAX_VALUE;

    synchronized void add(long took) {
        nanos[next] = took;
        next = (next + 1) % KEPT;
        count = Math.min(KEPT, count + 1);
        if (count >= LEAST) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            slow = sorted[Math.ceilDiv(PERCENT * count, 100) - 1];
        }
    }

    /** The 95th percentile in nanoseconds (by the nearest rank); {@link Long#MAX_VALUE} while it is not known. */
    synchronized long slow() {
        return slow;
    }
}
