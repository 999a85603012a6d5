package dev.hearth.server.command;

/** A start that cannot be; the message is the sentence the operator reads. */
public final class Refused extends RuntimeException {

    public Refused(String message) {
        super(message, null, false, false);
    }
}
