package dev.hearth.llm;

import dev.hearth.spi.ChatReply.Finish;
import dev.hearth.spi.ChatReply.Usage;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.ChatRequest.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's messages. The prompt cache is asked for at two places: after the first system message, which is the stable
 * prefix, and after the last message of the history, so that each turn reads what the turn before wrote.
 */
enum AnthropicDialect implements Dialect {
    INSTANCE;

    @Override
    public String resource() {
        return "/messages";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        String version = "2023-06-01";
        return key == null
                ? Map.of("anthropic-version", version)
                : Map.of("anthropic-version", version, "x-api-key", key);
    }

    @Override
    public ObjectNode body(ModelEndpoint endpoint, ChatRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", endpoint.model());
        body.put("max_tokens", request.maxTokens());
        body.put("stream", true);
        // The provider refuses empty texts.
        List<ChatRequest.Message> said =
                request.messages().stream().filter(m -> !m.text().isBlank()).toList();
        List<ChatRequest.Message> system =
                said.stream().filter(m -> m.role() == Role.SYSTEM).toList();
        if (!system.isEmpty()) {
            ArrayNode blocks = body.putArray("system");
            for (int i = 0; i < system.size(); i++) {
                text(blocks, system.get(i).text(), i == 0);
            }
        }
        ArrayNode messages = body.putArray("messages");
        List<ChatRequest.Message> spoken =
                said.stream().filter(m -> m.role() != Role.SYSTEM).toList();
        // A conversation that the companion opened: the provider wants the user's side first.
        if (!spoken.isEmpty() && spoken.getFirst().role() == Role.ASSISTANT) {
            text(messages.addObject().put("role", "user").putArray("content"), "(no message)", false);
        }
        for (int i = 0; i < spoken.size(); i++) {
            String role = spoken.get(i).role() == Role.ASSISTANT ? "assistant" : "user";
            ArrayNode content = messages.addObject().put("role", role).putArray("content");
            text(content, spoken.get(i).text(), i == spoken.size() - 2);
        }
        return body;
    }

    private static void text(ArrayNode blocks, String text, boolean cacheUpToHere) {
        ObjectNode block = blocks.addObject().put("type", "text").put("text", text);
        if (cacheUpToHere) {
            block.putObject("cache_control").put("type", "ephemeral");
        }
    }

    @Override
    public void read(JsonNode data, PartialReply reply) throws InterruptedException {
        switch (data.path("type").asString("")) {
            case "message_start" -> usage(data.path("message").path("usage"), reply);
            case "content_block_delta" ->
                reply.say(data.path("delta").path("text").asString(""));
            case "message_delta" -> {
                usage(data.path("usage"), reply);
                String reason = data.path("delta").path("stop_reason").asString("");
                if (!reason.isEmpty()) {
                    reply.finish(
                            switch (reason) {
                                case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
                                case "refusal" -> Finish.FILTERED;
                                default -> Finish.STOP;
                            });
                }
            }
            case "message_stop" -> reply.end();
            case "error" -> throw reply.refusedInStream(data.path("error"));
            default -> {
                // Pings, block boundaries, and whatever the provider adds later.
            }
        }
    }

    /** The provider counts what it read from its cache and what it wrote to it apart from the rest of the prompt. */
    private static void usage(JsonNode usage, PartialReply reply) {
        Usage before = reply.usage();
        int prompt = before.prompt();
        int cached = before.cached();
        if (usage.has("input_tokens")) {
            cached = usage.path("cache_read_input_tokens").asInt(cached);
            prompt = usage.path("input_tokens").asInt(0)
                    + cached
                    + usage.path("cache_creation_input_tokens").asInt(0);
        }
        reply.usage(new Usage(prompt, cached, usage.path("output_tokens").asInt(before.completion())));
    }
}
