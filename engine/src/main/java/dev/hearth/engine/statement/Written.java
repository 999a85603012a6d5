package dev.hearth.engine.statement;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Contractions written out, capitals kept. */
final class Written {

    private static final Pattern SHORT = Pattern.compile(
            "(?<=[A-Za-z])(?:n[\u2019'](t)|[\u2019'](m|re|ve|ll|d)|"
                    + "[\u2019'](s)(?= (?:called|named|now|been|moved|changed|a|an|in|at|on|no|not|down|up|the|moving|currently)\\b))\\b");

    private static final Pattern FAVOURITE = Pattern.compile("(?<=[Ff])avorite");

    private Written() {}

    static String out(String text) {
        Matcher matcher = SHORT.matcher(text);
        StringBuilder out = new StringBuilder(text.length() + 16);
        while (matcher.find()) {
            matcher.appendReplacement(out, full(matcher));
        }
        matcher.appendTail(out);
        String full = out.toString().replace("won not", "will not").replace("can not", "cannot");
        return FAVOURITE.matcher(full).replaceAll("avourite").strip();
    }

    private static String full(Matcher matcher) {
        if (matcher.group(1) != null) {
            return " not";
        }
        if (matcher.group(3) != null) {
            return " is";
        }
        return switch (matcher.group(2)) {
            case "m" -> " am";
            case "re" -> " are";
            case "ve" -> " have";
            case "ll" -> " will";
            default -> " would";
        };
    }
}
