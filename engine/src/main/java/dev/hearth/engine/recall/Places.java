package dev.hearth.engine.recall;

import java.util.Arrays;

/**
 * Which message is at which place of an index. Places are given in the order in which messages come, which is that of
 * their seqs but for old ones that were taken in later: then there are several runs, in each of which seqs rise. Never
 * changes what it showed; safe for many threads.
 *
 * @param seqs by place; may be longer than there are messages
 * @param count how many messages there are
 * @param starts the place at which each run begins, ascending; the first is 0
 */
@SuppressWarnings("ArrayRecordComponent") // made for one view and compared with nothing
record Places(long[] seqs, int count, int[] starts) {

    static final int NONE = -1;

    private static final int[] ONE_RUN = {0};

    static int[] oneRun() {
        return ONE_RUN;
    }

    /** Where a message is, {@link #NONE} where it is not; of one that was taken in again, where it is now. */
    int of(long seq) {
        for (int run = starts.length - 1; run >= 0; run--) {
            int place = Arrays.binarySearch(seqs, starts[run], end(run), seq);
            if (place >= 0) {
                return place;
            }
        }
        return NONE;
    }

    /** How many messages have lower seqs than the one at {@code place}: its place, had all come in order. */
    int rank(int place) {
        if (starts.length == 1) {
            return place;
        }
        int before = 0;
        for (int run = 0; run < starts.length; run++) {
            int found = Arrays.binarySearch(seqs, starts[run], end(run), seqs[place]);
            before += (found < 0 ? -found - 1 : found) - starts[run];
        }
        return before;
    }

    private int end(int run) {
        return run + 1 < starts.length ? starts[run + 1] : count;
    }
}
