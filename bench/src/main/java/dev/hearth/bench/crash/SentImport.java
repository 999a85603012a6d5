package dev.hearth.bench.crash;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An import that was sent. Its texts are unlike any others, and are the external ids too. */
final class SentImport {

    final List<String> texts;
    private volatile boolean acknowledged;

    SentImport(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    boolean acknowledged() {
        return acknowledged;
    }

    void acknowledge() {
        acknowledged = true;
    }

    ObjectNode body() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        ArrayNode messages = body.putArray("messages");
        for (int i = 0; i < texts.size(); i++) {
            messages.addObject()
                    .put("external_id", texts.get(i))
                    .put("role", i % 2 == 0 ? "user" : "companion")
                    .put("text", texts.get(i))
                    .put("time", Instant.EPOCH.plusSeconds(i).toString());
        }
        return body;
    }
}
