package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object of a request, each read as what it must be. Every refusal names the field and what was
 * expected. A field that is {@code null} counts as absent.
 */
public final class Fields {

    private final ObjectNode node;
    private final String pointer;

    private Fields(ObjectNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
    }

    /** The fields of an object that may have these and no others. */
    public static Fields of(JsonNode node, Set<String> known) {
        return of(node, "", known);
    }

    private static Fields of(JsonNode node, String pointer, Set<String> known) {
        if (!(node instanceof ObjectNode object)) {
            throw Refusal.invalid(
                    pointer.isEmpty() ? null : pointer,
                    (pointer.isEmpty() ? "The body" : "The value at " + pointer) + " is " + kind(node)
                            + "; expected an object.");
        }
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                String at = pointer + "/" + Texts.shown(Json.escape(name), 64);
                throw new Refusal(
                        Code.UNKNOWN_FIELD,
                        at,
                        "Unknown field \"" + Texts.shown(name, 64) + "\""
                                + (pointer.isEmpty() ? "" : " at " + pointer) + "; known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return new Fields(object, pointer);
    }

    /** Whether the field is there, be it null. */
    public boolean has(String name) {
        return node.has(name);
    }

    public String pointer(String name) {
        return pointer + "/" + name;
    }

    public @Nullable JsonNode any(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private @Nullable String string(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, value, "a string");
        }
        return value.stringValue();
    }

    private <T> T required(@Nullable T value, String name, String expected) {
        if (value == null) {
            throw Refusal.invalid(pointer(name), "The field \"" + name + "\" is missing; expected " + expected + ".");
        }
        return value;
    }

    public String text(String name) {
        return Texts.checkText(required(string(name), name, "a text"), pointer(name));
    }

    public String line(String name, int max) {
        return required(optionalLine(name, max), name, "a string");
    }

    /** A list of short values. */
    public List<String> lines(String name, int max) {
        JsonNode value = required(any(name), name, "a list of strings");
        if (!value.isArray()) {
            throw wrong(name, value, "a list of strings");
        }
        if (value.size() > max) {
            throw Refusal.tooLarge(
                    pointer(name),
                    "The list at " + pointer(name) + " has " + value.size() + " entries; at most " + max
                            + " are taken.");
        }
        List<String> lines = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            JsonNode line = value.get(i);
            if (!line.isString()) {
                throw wrong(name + "/" + i, line, "a string");
            }
            lines.add(Texts.checkLine(line.stringValue(), pointer(name) + "/" + i, 200));
        }
        return lines;
    }

    public @Nullable String optionalLine(String name, int max) {
        String value = string(name);
        return value == null ? null : Texts.checkLine(value, pointer(name), max);
    }

    public String oneOf(String name, List<String> allowed) {
        return required(optionalOneOf(name, allowed), name, "one of " + String.join(", ", allowed));
    }

    public @Nullable String optionalOneOf(String name, List<String> allowed) {
        String value = string(name);
        if (value != null && !allowed.contains(value)) {
            throw Refusal.invalid(
                    pointer(name),
                    "The value at " + pointer(name) + " is \"" + Texts.shown(value, 40) + "\"; expected one of "
                            + String.join(", ", allowed) + ".");
        }
        return value;
    }

    public String externalId(String name) {
        return Texts.checkExternalId(required(string(name), name, "a string"), pointer(name));
    }

    public @Nullable String optionalExternalId(String name) {
        String value = string(name);
        return value == null ? null : Texts.checkExternalId(value, pointer(name));
    }

    public Instant time(String name, Instant now) {
        return required(optionalTime(name, now), name, "an RFC 3339 time with a zone");
    }

    public @Nullable Instant optionalTime(String name, Instant now) {
        String value = string(name);
        return value == null ? null : Texts.checkTime(value, pointer(name), now);
    }

    public @Nullable Boolean optionalBoolean(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    public @Nullable Integer optionalInt(String name, int min, int max) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw wrong(name, value, "a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    public JsonNode object(String name) {
        JsonNode value = required(any(name), name, "an object");
        if (!value.isObject()) {
            throw wrong(name, value, "an object");
        }
        return value;
    }

    /** The objects of a list, each with these fields and no others. */
    public List<Fields> list(String name, int max, Set<String> known) {
        JsonNode value = required(any(name), name, "a list of objects");
        if (!value.isArray()) {
            throw wrong(name, value, "a list of objects");
        }
        if (value.size() > max) {
            throw Refusal.tooLarge(
                    pointer(name),
                    "The list at " + pointer(name) + " has " + value.size() + " entries; at most " + max
                            + " are taken at once. Send the rest in a further request.");
        }
        List<Fields> entries = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            entries.add(of(value.get(i), pointer(name) + "/" + i, known));
        }
        return entries;
    }

    private Refusal wrong(String name, JsonNode value, String expected) {
        return Refusal.invalid(
                pointer(name), "The value at " + pointer(name) + " is " + kind(value) + "; expected " + expected + ".");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> "the number " + Texts.shown(value.asString(), 24);
            case BOOLEAN -> value.asString();
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
