package dev.hearth.spi;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked. The message says what happened and where, and holds no user's text. */
public final class StoreException extends RuntimeException {

    /** What went wrong, as far as a caller can act on it. */
    public enum Kind {
        /** No answer by the deadline. The write may still have happened. */
        DEADLINE,
        /** The store does not answer or lost the connection. The write may have happened. */
        UNAVAILABLE,
        /** No space left; nothing was written. */
        FULL,
        /** The store may not be written; nothing was written. */
        READ_ONLY,
        /** Over a limit of the contract; nothing was written. */
        TOO_LARGE,
        /** Stored bytes are damaged. */
        CORRUPT,
        /** The store was closed. */
        CLOSED
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
