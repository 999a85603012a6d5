package dev.hearth.store.local;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** What the file system says, in the words of the contract. */
final class Failures {

    private Failures() {}

    static StoreException of(IOException failure, Path file) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return new StoreException(
                    Kind.FULL,
                    "No space is left to write " + file + "; nothing was written. Free some space on its disk.",
                    failure);
        }
        if (failure instanceof AccessDeniedException || message.contains("read-only")) {
            return new StoreException(
                    Kind.READ_ONLY,
                    "The file " + file + " may not be read or written. Give its folder to the user that runs the "
                            + "server, and check that the disk is not mounted read-only.",
                    failure);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                "The file " + file + " could not be read or written. Check the disk. (" + failure + ")",
                failure);
    }

    /** Refuses a call to what is closed, or whose deadline has passed. */
    static void admit(boolean closed, String what, Deadline deadline) {
        admit(closed, what);
        if (deadline.expired()) {
            throw new StoreException(
                    Kind.DEADLINE, "The deadline had passed before " + what + " began; nothing was changed.");
        }
    }

    static void admit(boolean closed, String what) {
        if (closed) {
            throw new StoreException(Kind.CLOSED, "Closed: " + what + ".");
        }
    }
}
