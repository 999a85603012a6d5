package dev.hearth.server.api;

import dev.hearth.engine.persona.Personality;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A personality as its author wrote it: an open object. What Hearth understands is read out of it ({@code core_traits},
 * {@code style}, {@code example_lines}, {@code backstory}); everything is kept and answered again.
 */
final class PersonalityDocument {

    private static final int MAX_BYTES = 64 * 1024;
    private static final String AT = "/personality";

    private PersonalityDocument() {}

    static Personality read(JsonNode document) {
        String written = Json.write(document);
        int bytes = written.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw Refusal.tooLarge(AT, "The personality has " + bytes + " bytes; at most " + MAX_BYTES + " are taken.");
        }
        checkCharacters(document, AT);
        phrase(document, "name");
        String backstory = phrase(document, "backstory");
        return new Personality(
                phrases(document, "core_traits", false),
                backstory == null ? "" : backstory,
                phrases(document, "style", true),
                phrases(document, "example_lines", false),
                written);
    }

    private static @Nullable String phrase(JsonNode document, String name) {
        JsonNode value = document.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, "a string");
        }
        return value.stringValue();
    }

    private static List<String> phrases(JsonNode document, String name, boolean orNamed) {
        JsonNode value = document.get(name);
        List<String> phrases = new ArrayList<>();
        if (value == null || value.isNull()) {
            return phrases;
        }
        String expected = "a list of strings or one string" + (orNamed ? ", or an object of plain values" : "");
        if (value.isString()) {
            phrases.add(value.stringValue());
        } else if (value.isArray()) {
            for (JsonNode entry : value.values()) {
                if (!entry.isString()) {
                    throw wrong(name, expected);
                }
                phrases.add(entry.stringValue());
            }
        } else if (orNamed && value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                if (!entry.getValue().isValueNode()) {
                    throw wrong(name, expected);
                }
                phrases.add(entry.getKey() + ": " + entry.getValue().asString());
            }
        } else {
            throw wrong(name, expected);
        }
        phrases.removeIf(String::isBlank);
        return phrases;
    }

    private static void checkCharacters(JsonNode node, String pointer) {
        if (node.isString()) {
            Texts.checkCharacters(node.stringValue(), pointer, true);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkCharacters(node.get(i), pointer + "/" + i);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Texts.checkCharacters(field.getKey(), pointer, false);
            checkCharacters(field.getValue(), pointer + "/" + field.getKey());
        }
    }

    private static Refusal wrong(String name, String expected) {
        String at = AT + "/" + name;
        return Refusal.invalid(at, "The value at " + at + " is of the wrong kind; expected " + expected + ".");
    }
}
