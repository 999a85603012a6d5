package dev.hearth.engine.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hash of what a text says, for {@link Sameness#hash}. Reads the text once and makes no string of most words, since every
 * message is read when its relationship is opened. For one text.
 */
final class Fingerprint implements Words.Sink {

    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private final String text;
    private final int[] fillers;
    private final int most;
    private int words;
    private long all = BASIS;
    private long telling = BASIS;

    /**
     * @param fillers the hashes of words that change nothing of what is said, rising
     * @param most so many words are looked at; of a longer text also its length counts
     */
    Fingerprint(String text, int[] fillers, int most) {
        this.text = text;
        this.fillers = fillers;
        this.most = most;
    }

    long value() {
        Words.each(text, this);
        long value = telling == BASIS ? all : telling;
        return words < most ? value : mixed(value, letters());
    }

    @Override
    public boolean word(int start, int end) {
        // As String.hashCode() has it.
        int hash = 0;
        boolean plain = true;
        for (int i = start; i < end; i++) {
            char c = Words.lower(text.charAt(i));
            hash = 31 * hash + c;
            plain &= c != '\'';
        }
        if (plain && !Words.isShort(hash)) {
            take(hash);
        } else {
            List<String> written = new ArrayList<>(2);
            Words.add(text.substring(start, end), written);
            written.forEach(word -> take(word.hashCode()));
        }
        return words < most;
    }

    private void take(int hash) {
        words++;
        all = mixed(all, hash);
        if (Arrays.binarySearch(fillers, hash) < 0) {
            telling = mixed(telling, hash);
        }
    }

    private static long mixed(long value, int hash) {
        long mixed = (value ^ hash) * PRIME;
        return mixed ^ (mixed >>> 29);
    }

    private int letters() {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters += Character.isLetterOrDigit(text.charAt(i)) ? 1 : 0;
        }
        return letters;
    }
}
