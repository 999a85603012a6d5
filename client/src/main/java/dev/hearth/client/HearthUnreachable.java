package dev.hearth.client;

import org.jspecify.annotations.Nullable;

/** No answer, or one that broke off: nobody knows what the server did, except where {@link #reason} says so. */
public final class HearthUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    public enum Reason {
        /** There was no connection: nothing was sent. */
        NOT_CONNECTED,
        /** The deadline passed; the server may still be at it. */
        TIMED_OUT,
        /** The connection broke, or a stream ended before its end. */
        BROKEN,
        /** The waiting thread was interrupted; its flag is set again. */
        INTERRUPTED
    }

    private final Reason reason;

    HearthUnreachable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
