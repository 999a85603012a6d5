package dev.hearth.engine.prompt;

/**
 * Estimates tokens without knowing the model: about four ASCII characters, two of other alphabets' or one ideograph a
 * token, as common byte-pair vocabularies have it. Budgets are kept with it; what a turn really cost is what the
 * provider reports. Monotone in the text, linear time.
 */
public final class Tokens {

    private static final int ASCII = 3;
    private static final int ALPHABETIC = 6;
    private static final int IDEOGRAPHIC = 12;
    private static final int UNIT = 12;

    private Tokens() {}

    /** Estimated tokens of {@code text}: 0 for an empty one, at least 1 for any other. */
    public static int estimate(CharSequence text) {
        long units = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            units += c < 0x80 ? ASCII : c < 0x2E80 ? ALPHABETIC : IDEOGRAPHIC;
        }
        return (int) ((units + UNIT - 1) / UNIT);
    }

    /** The longest beginning of {@code text} within {@code tokens}, cut at a space where there is one near. */
    static String within(String text, int tokens) {
        if (estimate(text) <= tokens) {
            return text;
        }
        long left = (long) tokens * UNIT - IDEOGRAPHIC;
        int end = 0;
        while (end < text.length()) {
            char c = text.charAt(end);
            left -= c < 0x80 ? ASCII : c < 0x2E80 ? ALPHABETIC : IDEOGRAPHIC;
            if (left < 0) {
                break;
            }
            end++;
        }
        int space = text.lastIndexOf(' ', end);
        int cut = space > end - 24 && space > 0 ? space : end;
        if (cut > 0 && Character.isHighSurrogate(text.charAt(cut - 1))) {
            cut--;
        }
        return text.substring(0, cut) + "…";
    }
}
