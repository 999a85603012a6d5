package dev.hearth.conversation;

/** What Hearth takes of a text: a conversation is not to fail for what a model or a clipboard holds. */
final class Words {

    /** How long a message is at most, in UTF-16 code units. */
    static final int MOST = 32_768;

    private Words() {}

    /** The text without control characters and halves of surrogate pairs, up to the limit. */
    static String taken(String text) {
        StringBuilder taken = new StringBuilder(Math.min(text.length(), MOST));
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (taken.length() + Character.charCount(c) > MOST) {
                break;
            }
            if (isText(c)) {
                taken.appendCodePoint(c);
            }
        }
        return taken.toString();
    }

    private static boolean isText(int c) {
        return switch (c) {
            case '\n', '\r', '\t' -> true;
            default -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
        };
    }
}
