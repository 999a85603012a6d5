package dev.hearth.engine.relationship;

import java.util.Arrays;

/**
 * Which message said a text last, by the text's hash: 8 bytes a message and as much room again. A hash may stand for
 * several texts, and a message may be gone: whoever asks reads what was said. One thread at a time.
 */
final class SaidTexts {

    private static final int FIRST_CAPACITY = 16;

    /** The hash above, the seq below; 0 for a free place. */
    private long[] entries = new long[FIRST_CAPACITY];

    private int count;

    /** Notes that a message says the text, in place of what was noted before. */
    void put(int hash, long seq) {
        if (seq <= 0 || seq > Integer.MAX_VALUE) {
            return;
        }
        int at = place(entries, hash);
        if (entries[at] == 0 && ++count * 3 > entries.length * 2) {
            grow();
            at = place(entries, hash);
        }
        entries[at] = (long) hash << 32 | seq;
    }

    /** The message that may say the text, 0 for none. */
    long find(int hash) {
        return entries[place(entries, hash)] & 0xFFFF_FFFFL;
    }

    long bytes() {
        return 32 + 8L * entries.length;
    }

    private static int place(long[] entries, int hash) {
        int mask = entries.length - 1;
        int at = hash & mask;
        while (entries[at] != 0 && (int) (entries[at] >>> 32) != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = entries;
        entries = new long[old.length * 2];
        Arrays.stream(old).filter(entry -> entry != 0).forEach(entry -> {
            entries[place(entries, (int) (entry >>> 32))] = entry;
        });
    }
}
