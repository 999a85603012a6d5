package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused before the engine sees it, pointing at what is wrong with it. The message is shown to the
 * client as it is.
 */
public final class Refusal extends RuntimeException {

    private final Code code;
    private final @Nullable String pointer;
    private final int status;

    /**
     * Refuses a request.
     *
     * @param pointer a JSON pointer into the body, a query parameter's or a header's name; null for the whole request
     */
    public Refusal(Code code, @Nullable String pointer, String message) {
        this(code, pointer, message, Problems.status(code));
    }

    private Refusal(Code code, @Nullable String pointer, String message, int status) {
        super(message, null, false, false);
        this.code = code;
        this.pointer = pointer;
        this.status = status;
    }

    public static Refusal invalid(@Nullable String pointer, String message) {
        return new Refusal(Code.INVALID_REQUEST, pointer, message);
    }

    public static Refusal tooLarge(@Nullable String pointer, String message) {
        return new Refusal(Code.TOO_LARGE, pointer, message);
    }

    /** What is stored is not what the client's {@code If-Match} names. */
    public static Refusal changedMeanwhile(String message) {
        return new Refusal(Code.CONFLICT, "If-Match", message, 412);
    }

    static Refusal withStatus(Code code, String message, int status) {
        return new Refusal(code, null, message, status);
    }

    public Code code() {
        return code;
    }

    @Nullable
    String pointer() {
        return pointer;
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
