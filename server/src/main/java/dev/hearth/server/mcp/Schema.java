package dev.hearth.server.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON schema (2020-12), as tools tell theirs. Objects are closed: they have the named fields and no others. */
final class Schema {

    private final Map<String, Object> words = new LinkedHashMap<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    private Schema(String type) {
        words.put("type", type);
    }

    private Schema(String type, String description) {
        this(type);
        words.put("description", description);
    }

    static Schema object() {
        return new Schema("object").closed();
    }

    static Schema object(String description) {
        return new Schema("object", description).closed();
    }

    private Schema closed() {
        words.put("properties", properties);
        words.put("required", required);
        words.put("additionalProperties", false);
        return this;
    }

    /** Numbers under names that are not known before. */
    static Schema numbers(String description) {
        Schema schema = new Schema("object", description);
        schema.words.put("additionalProperties", Map.of("type", "number"));
        return schema;
    }

    static Schema list(String description, Schema entries) {
        Schema schema = new Schema("array", description);
        schema.words.put("items", entries.words());
        return schema;
    }

    static Schema string(String description) {
        return new Schema("string", description);
    }

    static Schema string(String description, int least, int most) {
        Schema schema = string(description);
        schema.words.put("minLength", least);
        schema.words.put("maxLength", most);
        return schema;
    }

    static Schema time(String description) {
        return string(description).and("format", "date-time");
    }

    static Schema integer(String description) {
        return new Schema("integer", description);
    }

    static Schema integer(String description, int least, int most) {
        return integer(description).and("minimum", least).and("maximum", most);
    }

    static Schema number(String description) {
        return new Schema("number", description);
    }

    static Schema bool(String description) {
        return new Schema("boolean", description);
    }

    Schema and(String keyword, Object value) {
        words.put(keyword, value);
        return this;
    }

    Schema orNull() {
        words.computeIfPresent("type", (keyword, type) -> List.of(type, "null"));
        return this;
    }

    /** A field that is always there. */
    Schema with(String name, Schema value) {
        required.add(name);
        return maybe(name, value);
    }

    /** A field that may be left out. */
    Schema maybe(String name, Schema value) {
        properties.put(name, value.words());
        return this;
    }

    Set<String> names() {
        return Set.copyOf(properties.keySet());
    }

    /** The schema as plain maps and lists. */
    Map<String, Object> words() {
        return words;
    }
}
