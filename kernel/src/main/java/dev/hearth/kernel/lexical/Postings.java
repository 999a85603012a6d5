package dev.hearth.kernel.lexical;

import java.util.Arrays;

/**
 * For each term the documents that have it, in rising order: an open-addressing table from a term's 64-bit hash to a
 * chain of slices in one array of numbers. Two terms of one hash would be taken for one, which among a million terms
 * happens once in 37 million indexes.
 *
 * <p>A slice holds 1, 2, 4 ... up to 512 postings and one last number: what size it has while it is the chain's last,
 * then where the chain goes on. A posting is {@code (document + 1) << 4 | frequency} and so is positive; a size is -1
 * to -10, a place is its negative and below -63, and 0 is what has not been written yet. A reader that holds an older
 * {@link View} therefore meets, in whatever order the writer's numbers reach it, either what it knew or an end or a
 * posting of a document that it does not know, which ends its walk too.
 */
final class Postings {

    /** Frequencies above are taken for this; BM25 hardly tells them apart. */
    static final int MOST_FREQUENT = 15;

    static final int MOST_DOCUMENTS = (1 << 27) - 1;
    private static final int LAST_SIZE = 9;
    private static final int FIRST_PLACE = 64;
    private static final int FIRST_CAPACITY = 32;

    private long[] hashes = new long[FIRST_CAPACITY];
    private int[] heads = new int[FIRST_CAPACITY];

    /** Where each term's next posting goes; the writer's own. */
    private int[] tails = new int[FIRST_CAPACITY];

    private int[] pool = new int[256];
    private int terms;
    private int used = FIRST_PLACE;

    /** What a reader needs, as it was when it was taken. */
    static final class View {
        final int[] pool;
        private final long[] hashes;
        private final int[] heads;

        private View(long[] hashes, int[] heads, int[] pool) {
            this.hashes = hashes;
            this.heads = heads;
            this.pool = pool;
        }

        long bytes() {
            // The writer's tails are as long as the heads.
            return 16L * hashes.length + 4L * pool.length;
        }

        /** Where the term's postings begin, 0 where it has none. */
        int first(long hash) {
            int slot = slot(hashes, hash);
            int head = hashes[slot] == hash ? heads[slot] : 0;
            // The table may know a newer term, whose postings lie in a larger pool than this view's.
            return head < pool.length ? head : 0;
        }
    }

    View view() {
        return new View(hashes, heads, pool);
    }

    /** Adds a posting to the end of the term's chain; {@code hash} is not 0. */
    void append(long hash, int document, int frequency) {
        int slot = slot(hashes, hash);
        if (hashes[slot] == 0) {
            if (++terms * 5L > hashes.length * 4L) {
                resize(Math.max(FIRST_CAPACITY, hashes.length + hashes.length / 2));
                slot = slot(hashes, hash);
            }
            int head = slice(0);
            heads[slot] = head;
            tails[slot] = head;
            hashes[slot] = hash;
        }
        int tail = tails[slot];
        if (pool[tail] < 0) {
            int next = slice(Math.min(LAST_SIZE, -pool[tail]));
            pool[tail] = -next;
            tail = next;
        }
        pool[tail] = (document + 1) << 4 | Math.min(frequency, MOST_FREQUENT);
        tails[slot] = tail + 1;
    }

    /** The document of a posting. */
    static int document(int posting) {
        return (posting >>> 4) - 1;
    }

    /** How often the term stands in the document, 1 to 15. */
    static int frequency(int posting) {
        return posting & 15;
    }

    /** Where the chain goes on from a number that is not positive, 0 where it ends. */
    static int follow(int link) {
        return link <= -FIRST_PLACE ? -link : 0;
    }

    private int slice(int size) {
        int start = used;
        int end = start + (1 << size);
        if (end >= pool.length) {
            pool = Arrays.copyOf(pool, Math.max(end + 1, pool.length + pool.length / 4));
        }
        pool[end] = -1 - size;
        used = end + 1;
        return start;
    }

    /** Gives back the room for more. */
    void trim() {
        int enough = terms + terms / 4 + 1;
        if (enough < hashes.length) {
            resize(enough);
        }
        pool = Arrays.copyOf(pool, used);
    }

    private static int slot(long[] hashes, long hash) {
        // The upper bits of a product spread over any number of places (Lemire, "Fast random integer generation in an
        // interval", 2019).
        int slot = (int) (((hash >>> 32) * hashes.length) >>> 32);
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 == hashes.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void resize(int capacity) {
        long[] resized = new long[capacity];
        int[] resizedHeads = new int[capacity];
        int[] resizedTails = new int[capacity];
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                int slot = slot(resized, hashes[i]);
                resized[slot] = hashes[i];
                resizedHeads[slot] = heads[i];
                resizedTails[slot] = tails[i];
            }
        }
        hashes = resized;
        heads = resizedHeads;
        tails = resizedTails;
    }
}
