package dev.hearth.engine.problem;

import org.jspecify.annotations.Nullable;

/**
 * Something that was refused or failed, said so that its reader knows what happened and what to do. The message holds
 * no user's text and no secret; it is shown to clients as it is.
 */
public final class Problem extends RuntimeException {

    private final Code code;
    private final @Nullable StoreCall storeCall;

    public Problem(Code code, String message) {
        this(code, message, null);
    }

    public Problem(Code code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    Problem(Code code, String message, @Nullable Throwable cause, @Nullable StoreCall storeCall) {
        super(message, cause);
        this.code = code;
        this.storeCall = storeCall;
    }

    public Code code() {
        return code;
    }

    /** The call of a store whose failure this tells; null where it is none, or not known. Not for clients. */
    public @Nullable StoreCall storeCall() {
        return storeCall;
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
