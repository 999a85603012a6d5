package dev.hearth.engine.when;

/**
 * A word, a number or a mark of a text.
 *
 * @param word a word in lower case without a possessive 's; the letters right behind a number; or the mark
 * @param number the number, -1 for what is none
 * @param digits how many digits it has, 0 for what is none
 * @param capital whether it begins with a capital
 * @param glued whether nothing stands between it and the token before
 */
record Token(String word, int number, int digits, boolean capital, boolean glued) {

    static final Token NONE = new Token("", -1, 0, false, false);

    boolean isNumber() {
        return digits > 0;
    }

    boolean ordinal() {
        return isNumber()
                && switch (word) {
                    case "st", "nd", "rd", "th" -> true;
                    default -> false;
                };
    }
}
