package dev.hearth.llm;

import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatModelException.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What went wrong at one endpoint, in words for its operator: the host, what happened, which setting to check. An
 * endpoint's own error messages may repeat the prompt or the key, so only its error code is passed on.
 */
final class EndpointFailures {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z_]{0,63}");

    private final JsonMapper json;
    private final String host;

    EndpointFailures(JsonMapper json, ModelEndpoint endpoint) {
        this.json = json;
        this.host = endpoint.host();
    }

    ChatModelException of(Kind kind, String happened, @Nullable Throwable cause) {
        return new ChatModelException(kind, "The model endpoint " + host + " " + happened + ".", cause);
    }

    ChatModelException unreachable(@Nullable Throwable cause) {
        return of(Kind.UNAVAILABLE, "cannot be reached; check that it runs and that HEARTH_MODEL_URL is right", cause);
    }

    ChatModelException stalled(boolean started) {
        return of(
                Kind.STALLED,
                started ? "stopped in the middle of a reply and sent nothing more in time" : "sent no reply in time",
                null);
    }

    ChatModelException cutShort(@Nullable Throwable cause) {
        return of(Kind.CUT_SHORT, "ended the stream before the reply was finished", cause);
    }

    /** The failure for a status that is not 200. */
    ChatModelException status(int status, String body) {
        String code = code(body);
        String said = "answered " + status + (code.isEmpty() ? "" : " (" + code + ")");
        if (status == 429) {
            return of(Kind.RATE_LIMITED, said + ": too many requests, or the account's quota is used up", null);
        }
        if (status >= 500 || status == 408) {
            return of(Kind.UNAVAILABLE, said, null);
        }
        String check = switch (status) {
            case 401, 403 -> ": check HEARTH_MODEL_KEY";
            case 404 -> ": check HEARTH_MODEL_URL and the model's name in HEARTH_MODEL";
            case 400, 413, 422 -> ": it refuses the request; often the prompt is longer than the model's window";
            default -> ": check HEARTH_MODEL_URL";
        };
        return of(Kind.REFUSED, said + check, null);
    }

    /** The failure for an error event inside a stream. */
    ChatModelException inStream(JsonNode error, boolean started) {
        String code = code(error);
        String said = "reported an error" + (code.isEmpty() ? "" : " (" + code + ")");
        if (started) {
            return of(Kind.CUT_SHORT, said + " in the middle of a reply", null);
        }
        Kind kind = switch (code) {
            case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota" -> Kind.RATE_LIMITED;
            case "authentication_error", "permission_error", "not_found_error", "invalid_request_error" -> Kind.REFUSED;
            default -> Kind.UNAVAILABLE;
        };
        return of(kind, said + " instead of a reply", null);
    }

    private String code(String body) {
        try {
            return code(json.readTree(body).path("error"));
        } catch (JacksonException notJson) {
            return "";
        }
    }

    private static String code(JsonNode error) {
        String code = error.path("code").asString("");
        String type = error.path("type").asString("");
        if (CODE.matcher(code).matches()) {
            return code;
        }
        return CODE.matcher(type).matches() ? type : "";
    }
}
