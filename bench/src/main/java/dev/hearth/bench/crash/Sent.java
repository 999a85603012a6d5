package dev.hearth.bench.crash;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A turn that was sent under a key, and its acknowledgement once there is one. Its text is unlike any other's. */
final class Sent {

    final String writer;
    final String key;
    final String text;
    private volatile @Nullable Acknowledged acknowledged;
    private volatile boolean inOrder;
    private volatile boolean refused;

    Sent(String writer, String key, String text) {
        this.writer = writer;
        this.key = key;
        this.text = text;
    }

    /** What the server promised. */
    record Acknowledged(String turn, String replyId, String reply) {

        /** As the answer to a turn has it. */
        static Acknowledged of(JsonNode answer) {
            JsonNode message = answer.path("message");
            return new Acknowledged(
                    answer.path("turn_id").asString(),
                    message.path("id").asString(),
                    message.path("text").asString());
        }
    }

    @Nullable
    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** Whether its writer had the acknowledgement before it sent its next turn. */
    boolean inOrder() {
        return inOrder;
    }

    /** Whether it was refused for good when it was repeated. */
    boolean refused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** Notes the server's promise; {@code byWriter} where its writer waited for it and sent nothing meanwhile. */
    void acknowledge(Acknowledged promise, boolean byWriter) {
        inOrder = byWriter;
        acknowledged = promise;
    }
}
