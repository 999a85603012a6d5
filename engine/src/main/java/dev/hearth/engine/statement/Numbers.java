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

    private Numbers() {}

    static boolean isNumber(String word) {
        return WORDS.contains(word) || (!word.isEmpty() && Character.isDigit(word.charAt(0)));
    }
}
