package dev.hearth.client;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server refused, or could not do: an RFC 9457 problem. The message is for people; {@link #code} is for programs. */
public final class HearthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What kind of problem it is. */
    public enum Code {
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        INVALID_REQUEST,
        UNKNOWN_FIELD,
        TOO_LARGE,
        CONFLICT,
        TURN_IN_PROGRESS,
        IDEMPOTENCY_MISMATCH,
        RATE_LIMITED,
        OVERLOADED,
        MODEL_UNAVAILABLE,
        DEADLINE_EXCEEDED,
        INTERNAL,
        /** One that this client does not know yet, or an answer that is no problem of Hearth's (a proxy's, say). */
        UNKNOWN;

        static Code of(String wire) {
            for (Code code : values()) {
                if (code != UNKNOWN && code.name().toLowerCase(Locale.ROOT).equals(wire)) {
                    return code;
                }
            }
            return UNKNOWN;
        }
    }

    private final Code code;
    private final int status;
    private final String detail;
    private final @Nullable String requestId;
    private final @Nullable String pointer;
    private final @Nullable Duration retryAfter;

    HearthException(
            Code code,
            int status,
            String detail,
            @Nullable String requestId,
            @Nullable String pointer,
            @Nullable Duration retryAfter) {
        super(detail + " (" + code.name().toLowerCase(Locale.ROOT) + ", status " + status
                + (requestId == null ? "" : ", request " + requestId) + ")");
        this.code = code;
        this.status = status;
        this.detail = detail;
        this.requestId = requestId;
        this.pointer = pointer;
        this.retryAfter = retryAfter;
    }

    public Code code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What happened and what to do, in a sentence. */
    public String detail() {
        return detail;
    }

    /** Names the request in the server's log; null where no Hearth answered. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** Where the trouble is: a JSON pointer into the body, or the name of a header or parameter; null for nowhere. */
    public @Nullable String pointer() {
        return pointer;
    }

    /** After how long trying again makes sense; null where the server said nothing. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the server asks to come again: it did not do what was asked. */
    boolean passing() {
        return status == 503 || status == 429 || code == Code.TURN_IN_PROGRESS;
    }
}
