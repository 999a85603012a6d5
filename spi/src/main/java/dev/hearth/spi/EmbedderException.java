package dev.hearth.spi;

import org.jspecify.annotations.Nullable;

/** An embedder gave no vectors. The message says why and holds no user's text. */
public final class EmbedderException extends RuntimeException {

    public EmbedderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
