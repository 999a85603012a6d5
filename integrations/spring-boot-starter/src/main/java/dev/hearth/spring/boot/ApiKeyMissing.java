package dev.hearth.spring.boot;

/** {@code hearth.api-key} is not set. */
final class ApiKeyMissing extends RuntimeException {

    private static final long serialVersionUID = 1;

    ApiKeyMissing() {
        super("hearth.api-key is not set, so there is no Hearth client.");
    }
}
