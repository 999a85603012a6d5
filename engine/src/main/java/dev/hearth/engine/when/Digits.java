package dev.hearth.engine.when;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Dates in digits: 2023-05-07, 2023-05, 5/7/2023 (month first, unless it cannot be), 7.5.2023. */
final class Digits {

    private Digits() {}

    static @Nullable Found at(Tokens tokens, int i, Said said) {
        if (tokens.at(i).digits() == 0 || (tokens.at(i).glued() && isJoint(tokens.word(i - 1)))) {
            return null;
        }
        String mark = joint(tokens, i);
        if (mark == null) {
            return null;
        }
        int first = tokens.at(i).number();
        int second = tokens.at(i + 2).number();
        if (!mark.equals(joint(tokens, i + 2))) {
            boolean month = mark.equals("-")
                    && tokens.at(i).digits() == 4
                    && tokens.at(i + 2).digits() == 2;
            return month
                            && isMonth(second)
                            && isYear(first)
                            && tokens.at(i + 2).word().isEmpty()
                    ? new Found(said.month(LocalDate.of(first, second, 1), 0.5), i + 3)
                    : null;
        }
        int third = tokens.at(i + 4).number();
        if (tokens.at(i).digits() == 4 && !mark.equals(".")) {
            return day(first, second, third, i, 1, said);
        }
        if (tokens.at(i + 4).digits() != 4 || !tokens.at(i + 4).word().isEmpty()) {
            return null;
        }
        boolean either = first != second && isMonth(first) && isMonth(second);
        return mark.equals(".") || !isMonth(first)
                ? day(third, second, first, i, 0.9, said)
                : day(third, first, second, i, either ? 0.6 : 0.9, said);
    }

    private static @Nullable Found day(int year, int month, int day, int i, double confidence, Said said) {
        boolean real =
                isYear(year) && isMonth(month) && YearMonth.of(year, month).isValidDay(day);
        return real ? new Found(said.day(LocalDate.of(year, month, day), confidence), i + 5) : null;
    }

    /** The mark that ties the number at a place to the number behind it, or null. */
    private static @Nullable String joint(Tokens tokens, int i) {
        boolean tied = tokens.at(i + 1).glued()
                && tokens.at(i + 2).glued()
                && tokens.at(i + 2).isNumber()
                && tokens.at(i).word().isEmpty();
        return tied && isJoint(tokens.word(i + 1)) ? tokens.word(i + 1) : null;
    }

    private static boolean isJoint(String mark) {
        return mark.equals("-") || mark.equals("/") || mark.equals(".");
    }

    private static boolean isMonth(int number) {
        return number >= 1 && number <= 12;
    }

    private static boolean isYear(int number) {
        return number >= 1000 && number <= 9998;
    }
}
