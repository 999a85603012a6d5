package dev.hearth.embed.onnx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the vocabulary out of a HuggingFace {@code tokenizer.json}: the object {@code model.vocab}, token to id.
 *
 * <p>A reader of just that: everything else in the file is skipped by its JSON structure. One pass, one use, one
 * thread. Throws {@link IllegalArgumentException} where the text is not JSON or has no such object.
 */
final class TokenizerFile {

    private final String json;
    private int position;

    private TokenizerFile(String json) {
        this.json = json;
    }

    /** Token to id, in the file's order. */
    static Map<String, Integer> vocabulary(String json) {
        TokenizerFile file = new TokenizerFile(json);
        file.enter("model");
        file.enter("vocab");
        return file.numbers();
    }

    /** Moves to the value of {@code member} in the object that starts here. */
    private void enter(String member) {
        expect('{');
        while (peek() == '"') {
            String name = string();
            expect(':');
            if (name.equals(member)) {
                return;
            }
            skipValue();
            if (peek() == ',') {
                position++;
            }
        }
        throw new IllegalArgumentException("tokenizer file has no member " + member);
    }

    private Map<String, Integer> numbers() {
        Map<String, Integer> result = LinkedHashMap.newLinkedHashMap(32_768);
        expect('{');
        while (peek() == '"') {
            String name = string();
            expect(':');
            result.put(name, integer());
            if (peek() == ',') {
                position++;
            }
        }
        expect('}');
        return result;
    }

    private int integer() {
        peek();
        int end = position;
        while (end < json.length() && Character.digit(json.charAt(end), 10) >= 0) {
            end++;
        }
        int value = Integer.parseInt(json, position, end, 10);
        position = end;
        return value;
    }

    private void skipValue() {
        char first = peek();
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            while (position < json.length() && ",}]".indexOf(json.charAt(position)) < 0) {
                position++;
            }
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            char next = peek();
            if (next == '"') {
                string();
                continue;
            }
            depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
            position++;
        } while (depth > 0);
    }

    private String string() {
        expect('"');
        int start = position;
        while (at(position) != '"' && at(position) != '\\') {
            position++;
        }
        if (at(position) == '"') {
            return json.substring(start, position++);
        }
        StringBuilder text = new StringBuilder(json.substring(start, position));
        for (char next = at(position++); next != '"'; next = at(position++)) {
            text.append(next == '\\' ? escaped() : next);
        }
        return text.toString();
    }

    private char escaped() {
        char kind = at(position++);
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> kind;
            case 'u' -> {
                at(position + 3);
                position += 4;
                yield (char) Integer.parseInt(json, position - 4, position, 16);
            }
            default -> throw new IllegalArgumentException("bad escape at " + position);
        };
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException("expected " + wanted + " at " + position);
        }
        position++;
    }

    /** The next character that is not white space, not consumed. */
    private char peek() {
        while (at(position) <= ' ') {
            position++;
        }
        return at(position);
    }

    private char at(int index) {
        if (index >= json.length()) {
            throw new IllegalArgumentException("the tokenizer file ends too soon");
        }
        return json.charAt(index);
    }
}
