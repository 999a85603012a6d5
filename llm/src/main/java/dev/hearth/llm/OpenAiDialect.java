package dev.hearth.llm;

import dev.hearth.spi.ChatReply.Finish;
import dev.hearth.spi.ChatReply.Usage;
import dev.hearth.spi.ChatRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, which most servers speak. */
enum OpenAiDialect implements Dialect {
    INSTANCE;

    @Override
    public String resource() {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public ObjectNode body(ModelEndpoint endpoint, ChatRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", endpoint.model());
        // OpenAI's newer models refuse max_tokens; compatible servers often know nothing else.
        boolean openAi = endpoint.host().equals("api.openai.com");
        body.put(openAi ? "max_completion_tokens" : "max_tokens", request.maxTokens());
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        var messages = body.putArray("messages");
        for (ChatRequest.Message message : request.messages()) {
            String role = switch (message.role()) {
                case SYSTEM -> "system";
                case USER -> "user";
                case ASSISTANT -> "assistant";
            };
            messages.addObject().put("role", role).put("content", message.text());
        }
        return body;
    }

    @Override
    public void read(JsonNode data, PartialReply reply) throws InterruptedException {
        JsonNode error = data.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw reply.refusedInStream(error);
        }
        JsonNode usage = data.path("usage");
        if (usage.isObject()) {
            int cached =
                    usage.path("prompt_tokens_details").path("cached_tokens").asInt(0);
            reply.usage(new Usage(
                    usage.path("prompt_tokens").asInt(0),
                    // DeepSeek's name for the same number.
                    cached > 0 ? cached : usage.path("prompt_cache_hit_tokens").asInt(0),
                    usage.path("completion_tokens").asInt(0)));
        }
        JsonNode choice = data.path("choices").path(0);
        reply.say(choice.path("delta").path("content").asString(""));
        String reason = choice.path("finish_reason").asString("");
        if (!reason.isEmpty()) {
            reply.finish(
                    switch (reason) {
                        case "length" -> Finish.LENGTH;
                        case "content_filter" -> Finish.FILTERED;
                        default -> Finish.STOP;
                    });
        }
    }
}
