package dev.hearth.engine.relationship;

/**
 * Which message was imported under which external id: an open-addressing table from the id's hash to the message's seq,
 * 12 bytes a place, at most four fifths of them taken. One thread at a time.
 */
final class ExternalHashes {

    private static final int FIRST_CAPACITY = 16;

    private long[] hashes = {};
    private int[] seqs = {};
    private int count;

    /**
     * Notes a message.
     *
     * @param hash not 0; one that is known already stands for the later message from now on
     * @param seq 1 to 2,147,483,647
     */
    void put(long hash, long seq) {
        if ((count + 1) * 5L > hashes.length * 4L) {
            resize(Math.max(FIRST_CAPACITY, hashes.length + hashes.length / 2));
        }
        int place = place(hash);
        if (hashes[place] == 0) {
            hashes[place] = hash;
            count++;
        }
        seqs[place] = Math.toIntExact(seq);
    }

    /** The seq of the message that was imported under this hash, 0 where none was. */
    long seqOf(long hash) {
        return hash == 0 || count == 0 ? 0 : seqs[place(hash)];
    }

    long bytes() {
        return 64 + 12L * hashes.length;
    }

    /** Gives back the room for more. */
    void trim() {
        int enough = Math.toIntExact(count * 5L / 4 + 1);
        if (count > 0 && enough < hashes.length) {
            resize(enough);
        }
    }

    private void resize(int capacity) {
        long[] oldHashes = hashes;
        int[] oldSeqs = seqs;
        hashes = new long[capacity];
        seqs = new int[capacity];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                seqs[place] = oldSeqs[i];
            }
        }
    }

    /** Where the hash is, or where it would be. */
    private int place(long hash) {
        // The upper bits of a product spread over any number of places (Lemire, "Fast random integer generation in an
        // interval", 2019).
        int place = (int) (((hash >>> 32) * hashes.length) >>> 32);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = place + 1 == hashes.length ? 0 : place + 1;
        }
        return place;
    }
}
