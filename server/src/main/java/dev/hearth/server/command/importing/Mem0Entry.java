package dev.hearth.server.command.importing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What matters of a memory of Mem0's: its plain values by name. Everything else is passed over unread. */
record Mem0Entry(Map<String, String> values) {

    /** Where the list stands in an answer that wraps it. */
    static final Set<String> LISTS = Set.of("results", "memories");

    private static final Set<String> KEPT =
            Set.of("id", "memory", "text", "data", "user_id", "agent_id", "created_at", "updated_at");

    /**
     * Reads the object that the parser has just entered, up to its end.
     *
     * @return null where it is no memory but wraps a list of them, into which the parser has gone then
     */
    static @Nullable Mem0Entry read(JsonParser parser) {
        Map<String, String> values = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && LISTS.contains(name)) {
                return null;
            }
            if (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL && KEPT.contains(name)) {
                values.put(name, parser.getString());
            }
        }
        return new Mem0Entry(values);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    String text() {
        return value("memory").or(() -> value("text")).or(() -> value("data")).orElse("");
    }

    Optional<String> user() {
        return value("user_id");
    }

    boolean ofAgent() {
        return user().isEmpty() && value("agent_id").isPresent();
    }

    Optional<java.time.Instant> time(Times times) {
        return value("created_at")
                .flatMap(times::read)
                .or(() -> value("updated_at").flatMap(times::read));
    }

    /** Its own id, or one of what it says. */
    String id() {
        return Messages.id(
                "mem0:", value("id").orElseGet(() -> Messages.hash(values.get("created_at") + "\n" + text())));
    }
}
