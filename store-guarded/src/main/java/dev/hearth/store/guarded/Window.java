package dev.hearth.store.guarded;

import java.util.Arrays;

/** How calls ended of late: in the second that runs and the nine before it. Not safe for many threads. */
final class Window {

    static final int SECONDS = 10;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long[] seconds = new long[SECONDS];
    private final int[] calls = new int[SECONDS];
    private final int[] failures = new int[SECONDS];

    /** Counts a call that ended at {@code now}. */
    void add(long now, boolean failed) {
        long second = Math.floorDiv(now, SECOND_NANOS);
        int slot = Math.floorMod(second, SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            calls[slot] = 0;
            failures[slot] = 0;
        }
        calls[slot]++;
        failures[slot] += failed ? 1 : 0;
    }

    int calls(long now) {
        return sum(calls, now);
    }

    int failures(long now) {
        return sum(failures, now);
    }

    void clear() {
        Arrays.fill(calls, 0);
        Arrays.fill(failures, 0);
    }

    private int sum(int[] counts, long now) {
        long oldest = Math.floorDiv(now, SECOND_NANOS) - SECONDS;
        int sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            sum += seconds[slot] > oldest ? counts[slot] : 0;
        }
        return sum;
    }
}
