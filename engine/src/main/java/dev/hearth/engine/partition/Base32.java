package dev.hearth.engine.partition;

/** Crockford's base 32 in lower case, for 128-bit values: 26 characters, ordered as the values are. */
final class Base32 {

    static final int LENGTH = 26;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private Base32() {}

    static String encode(long high, long low) {
        char[] out = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(out);
    }

    /** Writes the high and the low half into {@code halves}; false where {@code text} is not such a value. */
    static boolean decode(String text, long[] halves) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return false;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return false;
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        halves[0] = high;
        halves[1] = low;
        return true;
    }
}
