package dev.hearth.spi;

import org.jspecify.annotations.Nullable;

/** A courier brought no answer. The message says why in a few words, and holds no secret and nothing of the answer. */
public final class CourierException extends RuntimeException {

    public CourierException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
