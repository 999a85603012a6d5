package dev.hearth.server.mcp;

import dev.hearth.server.http.Caller;
import dev.hearth.server.http.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request, as a tool sees it.
 *
 * @param exchange for the request's own thread only
 * @param arguments what the model sent, read strictly
 * @param name how the client can name it, or null
 */
record Call(Exchange exchange, Caller caller, JsonNode arguments, Calls.@Nullable Name name) {

    /** Under which the SDK hands it to a tool. */
    static final String KEY = "hearth.call";
}
