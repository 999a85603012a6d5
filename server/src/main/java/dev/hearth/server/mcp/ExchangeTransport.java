package dev.hearth.server.mcp;

import dev.hearth.engine.problem.Code;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP without server-sent events (MCP 2025-11-25, transports): every message is a POST, every request is
 * answered with JSON on its own thread, everything else with 202. Safe for many threads.
 */
final class ExchangeTransport implements McpStatelessServerTransport {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeTransport.class);
    private static final String CANCELLED = "notifications/cancelled";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int MAX_ID = 256;

    private final McpJsonMapper mapper;
    private final Calls calls;
    private @Nullable McpStatelessServerHandler handler;

    ExchangeTransport(McpJsonMapper mapper, Calls calls) {
        this.mapper = mapper;
        this.calls = calls;
    }

    /** Called by the SDK, once, before anything is answered. */
    @Override
    public void setMcpHandler(McpStatelessServerHandler mcpHandler) {
        handler = mcpHandler;
    }

    /** Nothing is held between requests; those in flight are their server's to end. */
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    void answer(Exchange exchange) throws IOException {
        String version = exchange.header(VERSION);
        if (version != null && !protocolVersions().contains(version)) {
            refuse(
                    exchange,
                    ErrorCodes.INVALID_REQUEST,
                    VERSION + " is one of " + String.join(", ", protocolVersions()) + ".");
            return;
        }
        JsonNode message;
        try {
            message = Json.parse(exchange.text(Exchange.MAX_BODY));
        } catch (Refusal refusal) {
            if (refusal.code() == Code.TOO_LARGE) {
                throw refusal;
            }
            refuse(exchange, ErrorCodes.PARSE_ERROR, String.valueOf(refusal.getMessage()));
            return;
        }
        if (!message.isObject() || !message.path("jsonrpc").asString("").equals(McpSchema.JSONRPC_VERSION)) {
            refuse(
                    exchange,
                    ErrorCodes.INVALID_REQUEST,
                    "Expected one JSON-RPC 2.0 message: an object. Batches are not taken.");
        } else if (!message.path("method").isString()) {
            // What answers a request of ours; there are none.
            exchange.accepted();
        } else if (!message.has("id")) {
            notified(exchange, message);
        } else {
            Object id = id(message.get("id"));
            if (id == null) {
                refuse(exchange, ErrorCodes.INVALID_REQUEST, "The id of a request is a string or a whole number.");
            } else {
                requested(exchange, message, id);
            }
        }
    }

    private void notified(Exchange exchange, JsonNode message) {
        if (message.get("method").stringValue().equals(CANCELLED)) {
            Object id = id(message.path("params").path("requestId"));
            Calls.Name name = id == null ? null : name(exchange, id);
            if (name != null) {
                calls.cancel(name);
            }
        }
        exchange.accepted();
    }

    private void requested(Exchange exchange, JsonNode message, Object id) throws IOException {
        String method = message.get("method").stringValue();
        JsonNode params = message.path("params");
        Call call = new Call(exchange, exchange.caller(), params.path("arguments"), name(exchange, id));
        McpTransportContext context = McpTransportContext.create(Map.of(Call.KEY, call));
        JSONRPCResponse response = response(exchange, context, method, id, params);
        if (Tools.wasCancelled(response)) {
            // A cancelled request has no answer (MCP 2025-11-25, cancellation).
            exchange.accepted();
            return;
        }
        if (method.equals(McpSchema.METHOD_INITIALIZE) && response.error() == null) {
            exchange.setHeader(HttpHeaders.MCP_SESSION_ID, UUID.randomUUID().toString());
        }
        exchange.plain("application/json", mapper.writeValueAsString(response));
    }

    private JSONRPCResponse response(
            Exchange exchange, McpTransportContext context, String method, Object id, JsonNode params) {
        try {
            Map<String, Object> plain =
                    params.isObject() ? mapper.convertValue(params, new TypeRef<Map<String, Object>>() {}) : Map.of();
            JSONRPCResponse response = Objects.requireNonNull(Objects.requireNonNull(handler)
                    .handleRequest(context, new McpSchema.JSONRPCRequest(method, id, plain))
                    .block());
            if (response.error() == null || response.error().code() != ErrorCodes.INTERNAL_ERROR) {
                return response;
            }
        } catch (IllegalArgumentException | NullPointerException | JacksonException malformed) {
            // Tools tell their failures themselves: what fails outside of them is the SDK, reading the params.
            LOG.debug("Request {}: params that are none ({})", exchange.requestId(), malformed.getClass());
        }
        return JSONRPCResponse.error(
                id,
                new JSONRPCResponse.JSONRPCError(
                        ErrorCodes.INVALID_PARAMS, "The params are not those that the protocol has for this method."));
    }

    private static Calls.@Nullable Name name(Exchange exchange, Object id) {
        String session = exchange.header(HttpHeaders.MCP_SESSION_ID);
        return session == null || session.length() > MAX_ID
                ? null
                : new Calls.Name(exchange.caller().name(), session, id);
    }

    private static @Nullable Object id(JsonNode id) {
        if (id.isString() && id.stringValue().length() <= MAX_ID) {
            return id.stringValue();
        }
        return id.isIntegralNumber() && id.canConvertToLong() ? id.longValue() : null;
    }

    private static void refuse(Exchange exchange, int code, String message) {
        ObjectNode body =
                Json.object().put("jsonrpc", McpSchema.JSONRPC_VERSION).putNull("id");
        body.putObject("error").put("code", code).put("message", message);
        exchange.json(400, body);
    }
}
