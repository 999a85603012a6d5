package dev.hearth.engine.statement;

import java.util.List;

/** Numbers that are written as words. */
final class Numbers {

    private static final List<String> WORDS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
            "once",
            "twice");

    /** For a pattern. */
    static final String PATTERN = "(?:\\d[\\d.,:]*|" + String.join("|", WORDS) + ")";

    private static final int TWENTY = WORDS.indexOf("twenty");
    private static final int NINETY = WORDS.indexOf("ninety");

    private Numbers() {}

    /** Of a number word up to twenty, or a round one below a hundred, its value; -1 of anything else. */
    static int value(String word) {
        int place = WORDS.indexOf(word);
        return place < 0 || place > NINETY ? -1 : place <= TWENTY ? place : (place - TWENTY) * 10 + TWENTY;
    }

    static boolean isNumber(String word) {
        return WORDS.contains(word) || (!word.isEmpty() && Character.isDigit(word.charAt(0)));
    }
}
