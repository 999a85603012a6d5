package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Problems as clients see them: RFC 9457, {@code application/problem+json}. */
public final class Problems {

    static final String CONTENT_TYPE = "application/problem+json";

    /** The shape of all paths but those that follow somebody else's API. */
    static final ProblemShape RFC_9457 = new ProblemShape() {
        @Override
        public String contentType() {
            return CONTENT_TYPE;
        }

        @Override
        public ObjectNode body(Code code, int status, String detail, @Nullable String pointer, String requestId) {
            return Problems.body(code, status, detail, pointer, requestId);
        }
    };

    private Problems() {}

    /** The HTTP status of a problem. */
    public static int status(Code code) {
        return switch (code) {
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case INVALID_REQUEST, UNKNOWN_FIELD -> 400;
            case TOO_LARGE -> 413;
            case CONFLICT, TURN_IN_PROGRESS -> 409;
            case IDEMPOTENCY_MISMATCH -> 422;
            case RATE_LIMITED -> 429;
            case OVERLOADED, MODEL_UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case INTERNAL -> 500;
        };
    }

    /** Seconds after which trying again makes sense, or 0 where waiting alone does not help. */
    static int retryAfterSeconds(Code code) {
        return switch (code) {
            case TURN_IN_PROGRESS, OVERLOADED, RATE_LIMITED -> 1;
            case MODEL_UNAVAILABLE -> 5;
            default -> 0;
        };
    }

    private static String title(Code code) {
        return switch (code) {
            case UNAUTHORIZED -> "The key is missing or wrong";
            case FORBIDDEN -> "Not allowed";
            case NOT_FOUND -> "Not found";
            case INVALID_REQUEST -> "The request is not valid";
            case UNKNOWN_FIELD -> "The request has an unknown field";
            case TOO_LARGE -> "Too large";
            case CONFLICT -> "In conflict with what is stored";
            case TURN_IN_PROGRESS -> "A turn is in progress";
            case IDEMPOTENCY_MISMATCH -> "The idempotency key was used with another body";
            case RATE_LIMITED -> "Too many requests";
            case OVERLOADED -> "Too busy at the moment";
            case MODEL_UNAVAILABLE -> "No model gave a reply";
            case DEADLINE_EXCEEDED -> "Not done in time";
            case INTERNAL -> "Something failed inside Hearth";
        };
    }

    public static ObjectNode body(Code code, String detail, String requestId) {
        return body(code, status(code), detail, null, requestId);
    }

    static ObjectNode body(Code code, int status, String detail, @Nullable String pointer, String requestId) {
        ObjectNode body = Json.object();
        body.put("type", "urn:hearth:problem:" + code.wire());
        body.put("title", title(code));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code.wire());
        body.put("request_id", requestId);
        if (pointer != null) {
            ObjectNode error = body.putArray("errors").addObject();
            error.put("pointer", pointer);
            error.put("code", code.wire());
            error.put("message", detail);
        }
        return body;
    }
}
