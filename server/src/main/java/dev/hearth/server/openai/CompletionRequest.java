package dev.hearth.server.openai;

import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A chat completion request, as far as it is for us.
 *
 * @param model as the client wrote it
 * @param user who the client says is speaking; null where it says nothing
 * @param maxTokens how long the reply may be; null for the plan's limit
 * @param usageInStream whether a stream ends with a chunk that tells the usage
 */
record CompletionRequest(
        String model,
        ClientMessages messages,
        @Nullable String user,
        boolean stream,
        boolean usageInStream,
        @Nullable Integer maxTokens) {

    static CompletionRequest of(String body) {
        JsonNode json = Json.parse(body);
        if (!json.isObject()) {
            throw Refusal.invalid(null, "The body is no JSON object.");
        }
        String model = json.path("model").asString("");
        if (model.isBlank()) {
            throw Refusal.invalid("/model", "model is missing; it names a companion, as GET /v1/models lists them.");
        }
        JsonNode choices = json.path("n");
        if (choices.isNumber() && choices.asDouble() != 1) {
            throw Refusal.invalid("/n", "n is " + choices.asInt() + "; a companion gives one reply, so n is 1.");
        }
        return new CompletionRequest(
                model,
                ClientMessages.of(json.path("messages")),
                firstOf(json, "user", "safety_identifier"),
                json.path("stream").asBoolean(false),
                json.path("stream_options").path("include_usage").asBoolean(false),
                maxTokens(json));
    }

    private static @Nullable String firstOf(JsonNode json, String... names) {
        for (String name : names) {
            JsonNode value = json.path(name);
            if (value.isString() && !value.stringValue().isBlank()) {
                return value.stringValue();
            }
        }
        return null;
    }

    private static @Nullable Integer maxTokens(JsonNode json) {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode value = json.path(name);
            if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() != 0) {
                if (value.intValue() < 0) {
                    // Some front ends send -1 for "as long as it takes".
                    return null;
                }
                return value.intValue();
            }
        }
        return null;
    }
}
