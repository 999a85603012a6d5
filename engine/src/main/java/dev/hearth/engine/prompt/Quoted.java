package dev.hearth.engine.prompt;

/** Text of users, cards and memories as data within a prompt: it can end no section and begin none. */
public final class Quoted {

    private Quoted() {}

    /** On one line, with the characters that could close a section spelled out. */
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                space = !out.isEmpty();
                continue;
            }
            if (space) {
                out.append(' ');
                space = false;
            }
            escape(out, c);
        }
        return out.toString();
    }

    /** On one line and in quotation marks, which nothing within can close. */
    public static String quote(String line) {
        return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** With its lines kept. */
    static String block(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            escape(out, text.charAt(i));
        }
        return out.toString().strip();
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> out.append(c);
        }
    }
}
