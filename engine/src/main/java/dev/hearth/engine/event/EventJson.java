package dev.hearth.engine.event;

import dev.hearth.engine.relationship.Happening;
import java.util.Locale;

/** An event as JSON (RFC 8259), in one line: the same bytes in the feed and in a webhook's signed body. */
final class EventJson {

    private EventJson() {}

    static String write(Event event) {
        StringBuilder json = new StringBuilder(400).append('{');
        field(json, "id", event.id()).append(',');
        field(json, "type", event.type().wire()).append(',');
        field(json, "created_at", event.at().toString()).append(',');
        field(json, "relationship_id", event.relationship()).append(',');
        field(json, "companion", event.companion()).append(',');
        field(json, "user", event.user()).append(",\"data\":{");
        String between = "";
        for (var named : event.ids().entrySet()) {
            json.append(between);
            field(json, named.getKey(), named.getValue());
            between = ",";
        }
        if (event.type() == Happening.Type.MESSAGES_IMPORTED) {
            json.append("\"imported\":").append(event.count());
        }
        if (event.type() == Happening.Type.MEMORY_EXTRACTED) {
            json.append(between).append("\"kept\":").append(event.count());
            json.append(",\"dropped\":").append(event.dropped());
        }
        return json.append("}}").toString();
    }

    private static StringBuilder field(StringBuilder json, String name, String value) {
        quote(json, name);
        json.append(':');
        return quote(json, value);
    }

    private static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
