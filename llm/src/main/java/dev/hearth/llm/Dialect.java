package dev.hearth.llm;

import dev.hearth.spi.ChatRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a provider wants to be asked, and how its stream is read. Stateless. */
sealed interface Dialect permits OpenAiDialect, AnthropicDialect {

    /** The resource below the base URL. */
    String resource();

    Map<String, String> headers(@Nullable String key);

    ObjectNode body(ModelEndpoint endpoint, ChatRequest request);

    /** Takes one event's data into {@code reply}. */
    void read(JsonNode data, PartialReply reply) throws InterruptedException;
}
