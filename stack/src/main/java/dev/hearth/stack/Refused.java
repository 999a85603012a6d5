package dev.hearth.stack;

/** What cannot be done, in a sentence for whoever asked for it. */
final class Refused extends RuntimeException {

    Refused(String message) {
        super(message);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
