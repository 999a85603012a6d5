package dev.hearth.server.mcp;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.HttpServer;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Our tools as the SDK knows tools. Everything that a tool throws becomes a result that says so. */
final class Tools {

    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);
    private static final String PROBLEM = "dev.hearth/problem";
    private static final String CANCELLED = "dev.hearth/cancelled";

    private Tools() {}

    static SyncToolSpecification specification(Tool tool) {
        boolean reads = tool.effect() == Tool.Effect.READS;
        McpSchema.ToolAnnotations hints = McpSchema.ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(reads)
                .destructiveHint(tool.effect() == Tool.Effect.REPLACES || tool.effect() == Tool.Effect.REMOVES)
                .idempotentHint(reads || tool.effect() == Tool.Effect.REMOVES)
                .openWorldHint(false)
                .build();
        McpSchema.Tool told = McpSchema.Tool.builder(tool.name(), tool.input().words())
                .title(tool.title())
                .description(tool.description())
                .outputSchema(tool.output().words())
                .annotations(hints)
                .build();
        return new SyncToolSpecification(told, (context, request) -> run(tool, call(context)));
    }

    /** Whether it is the result of a call that nobody waits for any more. */
    static boolean wasCancelled(McpSchema.JSONRPCResponse response) {
        return response.result() instanceof CallToolResult result
                && result.meta() != null
                && result.meta().containsKey(CANCELLED);
    }

    private static Call call(McpTransportContext context) {
        return (Call) context.get(Call.KEY);
    }

    private static CallToolResult run(Tool tool, Call call) {
        try {
            JsonNode given = call.arguments();
            JsonNode arguments = given.isMissingNode() || given.isNull() ? Json.object() : given;
            Answer answer =
                    tool.work().run(call, Fields.of(arguments, tool.input().names()));
            return CallToolResult.builder()
                    .structuredContent(answer.structured())
                    .addTextContent(answer.text())
                    .isError(false)
                    .build();
        } catch (TurnListener.ClientGone gone) {
            LOG.debug(
                    "Request {}: the client left or cancelled", call.exchange().requestId());
            return CallToolResult.builder()
                    .addTextContent("Cancelled.")
                    .isError(true)
                    .meta(Map.of(CANCELLED, true))
                    .build();
        } catch (Refusal refusal) {
            return failed(call, refusal.code(), String.valueOf(refusal.getMessage()));
        } catch (Problem problem) {
            call.exchange().failed(problem);
            return failed(call, problem.code(), problem.detail());
        } catch (RuntimeException failure) {
            call.exchange().failed(failure);
            return failed(call, Code.INTERNAL, HttpServer.INTERNAL);
        }
    }

    private static CallToolResult failed(Call call, Code code, String detail) {
        String requestId = call.exchange().requestId();
        return CallToolResult.builder()
                .addTextContent(code.wire() + ": " + detail + " (request_id " + requestId + ")")
                .isError(true)
                .meta(Map.of(PROBLEM, Map.of("code", code.wire(), "detail", detail, "request_id", requestId)))
                .build();
    }
}
