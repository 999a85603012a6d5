package dev.hearth.engine.relationship;

import java.util.Arrays;

/**
 * Where the blocks of a relationship's messages begin: 8 bytes a block, so that a message is read by its block's exact
 * key. One thread writes while others look up.
 */
final class BlockStarts {

    private static final int FIRST_CAPACITY = 16;

    private volatile Starts starts = new Starts(new long[FIRST_CAPACITY], 0);

    @SuppressWarnings("ArrayRecordComponent") // never compared; entries below count never change
    private record Starts(long[] seqs, int count) {}

    /** Notes a block behind all others. */
    void append(long firstSeq) {
        Starts present = starts;
        long[] seqs = present.count == present.seqs.length
                ? Arrays.copyOf(present.seqs, present.count + Math.max(FIRST_CAPACITY, present.count / 2))
                : present.seqs;
        seqs[present.count] = firstSeq;
        starts = new Starts(seqs, present.count + 1);
    }

    /** Notes that the blocks from {@code firstSeq} on that begin before {@code end} are one now. */
    void merge(long firstSeq, long end) {
        Starts present = starts;
        int from = Arrays.binarySearch(present.seqs, 0, present.count, firstSeq) + 1;
        int to = Arrays.binarySearch(present.seqs, 0, present.count, end);
        to = to < 0 ? -to - 1 : to;
        if (from > 0 && to > from) {
            // Another array: who looks up meanwhile sees the old blocks or the new.
            long[] seqs = new long[Math.max(FIRST_CAPACITY, present.count - (to - from))];
            System.arraycopy(present.seqs, 0, seqs, 0, from);
            System.arraycopy(present.seqs, to, seqs, from, present.count - to);
            starts = new Starts(seqs, present.count - (to - from));
        }
    }

    /** The first seq of the block that begins above {@code seq}, {@code otherwise} where none does. */
    long above(long seq, long otherwise) {
        Starts present = starts;
        int at = Arrays.binarySearch(present.seqs, 0, present.count, seq);
        int place = at >= 0 ? at + 1 : -at - 1;
        return place < present.count ? present.seqs[place] : otherwise;
    }

    /** The first seq of the block that {@code seq} lies in, 0 where no block reaches that far down. */
    long floor(long seq) {
        Starts present = starts;
        int at = Arrays.binarySearch(present.seqs, 0, present.count, seq);
        int place = at >= 0 ? at : -at - 2;
        return place < 0 ? 0 : present.seqs[place];
    }

    long bytes() {
        return 64 + 8L * starts.seqs.length;
    }
}
