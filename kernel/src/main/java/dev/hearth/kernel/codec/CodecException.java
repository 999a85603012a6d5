package dev.hearth.kernel.codec;

/** Bytes that are not what a reader was told they are: cut short, damaged, or of another kind. */
public final class CodecException extends RuntimeException {

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
