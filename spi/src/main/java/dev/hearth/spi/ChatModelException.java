package dev.hearth.spi;

import org.jspecify.annotations.Nullable;

/** A chat model gave no reply, or only a part of one. The message says what happened; it holds no user's text, no key. */
public final class ChatModelException extends RuntimeException {

    /** What went wrong, as far as a caller can act on it. */
    public enum Kind {
        /** No connection, or the endpoint answered with a server error. */
        UNAVAILABLE,
        /** The endpoint refuses the key or the model's name. */
        REFUSED,
        /** Too many requests. */
        RATE_LIMITED,
        /** No answer, or no further piece, in time. */
        STALLED,
        /** The answer cannot be understood. */
        GARBLED,
        /** The stream ended before the reply did. */
        CUT_SHORT
    }

    private final Kind kind;

    public ChatModelException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
