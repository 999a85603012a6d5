package dev.hearth.server.config;

/** A setting that cannot be used; the message is one sentence for the operator and holds no secret. */
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }
}
