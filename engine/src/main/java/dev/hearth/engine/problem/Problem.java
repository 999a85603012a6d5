package dev.hearth.engine.problem;

import org.jspecify.annotations.Nullable;

/**
 * Something that was refused or failed, said so that its reader knows what happened and what to do. The message holds
 * no user's text and no secret; it is shown to clients as it is.
 */
public final class Problem extends RuntimeException {

    private final Code code;

    public Problem(Code code, String message) {
        this(code, message, null);
    }

    public Problem(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The message, never null. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public static Problem invalid(String message) {
        return new Problem(Code.INVALID_REQUEST, message);
    }

    public static Problem notFound(String message) {
        return new Problem(Code.NOT_FOUND, message);
    }
}
