package dev.hearth.server.command.migrating;

/** Source and target cannot be used for this; the message is for the operator. Nothing was written. */
public final class Unfit extends RuntimeException {

    Unfit(String message) {
        super(message, null, false, false);
    }
}
