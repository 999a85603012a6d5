package dev.hearth.server.command.importing;

/** A file that cannot be read, or not on; the message is the sentence the operator reads. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Unreadable(String message) {
        super(message, null, false, false);
    }
}
