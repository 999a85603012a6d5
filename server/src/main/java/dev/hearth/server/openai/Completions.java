package dev.hearth.server.openai;

import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.server.http.Json;
import dev.hearth.spi.ChatReply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One completion in OpenAI's shapes.
 *
 * @param id as in {@code chatcmpl-trn_...}
 * @param model as the client wrote it
 */
record Completions(String id, Instant created, String model) {

    /** The whole answer. */
    ObjectNode whole(String text, ChatReply.Finish finish, TurnUsage usage) {
        ObjectNode body = head("chat.completion");
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs");
        choice.put("finish_reason", reason(finish));
        body.set("usage", usage(usage));
        return body;
    }

    /** The first chunk of a stream: whose words they are. */
    ObjectNode begin() {
        return chunk(Json.object().put("role", "assistant").put("content", ""), null);
    }

    ObjectNode piece(String text) {
        return chunk(Json.object().put("content", text), null);
    }

    ObjectNode end(ChatReply.Finish finish) {
        return chunk(Json.object(), reason(finish));
    }

    /** The chunk after the last, with the usage and no choice. */
    ObjectNode usageChunk(TurnUsage usage) {
        ObjectNode body = head("chat.completion.chunk");
        body.putArray("choices");
        body.set("usage", usage(usage));
        return body;
    }

    private ObjectNode chunk(ObjectNode delta, @Nullable String reason) {
        ObjectNode body = head("chat.completion.chunk");
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        choice.put("finish_reason", reason);
        return body;
    }

    private ObjectNode head(String object) {
        ObjectNode body = Json.object();
        body.put("id", id);
        body.put("object", object);
        body.put("created", created.getEpochSecond());
        body.put("model", model);
        return body;
    }

    private static ObjectNode usage(TurnUsage usage) {
        ObjectNode body = Json.object();
        body.put("prompt_tokens", usage.promptTokens());
        body.put("completion_tokens", usage.completionTokens());
        body.put("total_tokens", usage.promptTokens() + usage.completionTokens());
        body.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        return body;
    }

    private static String reason(ChatReply.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }
}
