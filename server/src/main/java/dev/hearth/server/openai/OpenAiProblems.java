package dev.hearth.server.openai;

import dev.hearth.engine.problem.Code;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.ProblemShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Problems in OpenAI's shape, {@code {"error": {message, type, param, code}}}, which its client libraries read. */
final class OpenAiProblems implements ProblemShape {

    static final OpenAiProblems SHAPE = new OpenAiProblems();

    private OpenAiProblems() {}

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public ObjectNode body(Code code, int status, String detail, @Nullable String pointer, String requestId) {
        ObjectNode error = Json.object();
        error.put("message", detail);
        error.put("type", type(status));
        error.put("param", pointer == null ? null : pointer.startsWith("/") ? pointer.substring(1) : pointer);
        error.put("code", code(code, pointer));
        error.put("request_id", requestId);
        ObjectNode body = Json.object();
        body.set("error", error);
        return body;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static String code(Code code, @Nullable String pointer) {
        return switch (code) {
            case UNAUTHORIZED -> "invalid_api_key";
            case NOT_FOUND -> "/model".equals(pointer) ? "model_not_found" : code.wire();
            default -> code.wire();
        };
    }
}
