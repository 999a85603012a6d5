package dev.hearth.bench.stream;

import dev.hearth.bench.child.Wire;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A way to say something to the companion {@value #COMPANION}, whole or streamed. */
enum Door {
    NATIVE("native"),
    OPENAI("OpenAI-compatible");

    static final String COMPANION = "bench";

    private static final String STREAM = "text/event-stream";
    private static final String WHOLE = "application/json";

    private final String label;

    Door(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }

    void send(Wire wire, String user, String text, boolean streamed) throws IOException {
        String accept = streamed ? STREAM : WHOLE;
        ObjectNode body = JsonMapper.shared().createObjectNode();
        switch (this) {
            case NATIVE ->
                wire.send(
                        "POST",
                        "/v1/relationships/" + COMPANION + ":" + user + "/messages",
                        accept,
                        body.put("text", text).toString());
            case OPENAI -> {
                body.put("model", COMPANION).put("user", user).put("stream", streamed);
                body.putArray("messages").addObject().put("role", "user").put("content", text);
                wire.send("POST", "/v1/chat/completions", accept, body.toString());
            }
        }
    }
}
