package dev.hearth.index.pinecone;

import dev.hearth.spi.LostConnection;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Pinecone or the way to it says, in words for whoever operates Hearth. What it writes in the bodies of its errors is
 * not passed on, because it may repeat what it was sent.
 */
final class Failures {

    private final String where;

    Failures(PineconeSettings settings) {
        this.where = settings.where();
    }

    /** The service answered with a status that asking again does not help, or no longer. */
    StoreException refused(Operation what, int status, boolean unsure) {
        return new StoreException(
                status == 413 ? Kind.TOO_LARGE : Kind.UNAVAILABLE,
                could(what) + "it answered " + status + ". " + advice(status) + (unsure ? what.doubt() : ""));
    }

    /** The service was not reached, or the connection broke. */
    StoreException lost(Operation what, Throwable cause, boolean unsure) {
        return new StoreException(
                Kind.UNAVAILABLE,
                could(what) + Objects.requireNonNullElse(LostConnection.words(cause), "it cannot be reached")
                        + ". Check the host (vectors.host) and the network." + (unsure ? what.doubt() : ""),
                cause);
    }

    /** The deadline passed; {@code before} is what was said until then, null where nothing was. */
    StoreException late(Operation what, @Nullable String before, boolean unsure) {
        return new StoreException(
                Kind.DEADLINE,
                could(what) + "no answer by the deadline" + (before == null ? "" : ", after " + before) + "."
                        + (unsure ? what.doubt() : ""));
    }

    StoreException notBegun() {
        return new StoreException(
                Kind.DEADLINE, "The deadline had passed before the vector index began; nothing was changed.");
    }

    StoreException interrupted(Operation what, Throwable cause) {
        return new StoreException(
                Kind.UNAVAILABLE, "The wait for the vector index was interrupted." + what.doubt(), cause);
    }

    /** Without a cause, which would quote what could not be read. */
    StoreException garbled(Operation what) {
        return new StoreException(
                Kind.UNAVAILABLE,
                could(what) + "it answered with something else than Pinecone does. Check that vectors.host is the"
                        + " index's own host." + what.doubt());
    }

    StoreException foreign() {
        return new StoreException(
                Kind.CORRUPT,
                "A search in " + where + " answered with a vector that Hearth did not put there, or that belongs to"
                        + " another relationship. Nobody else may write to this index.");
    }

    StoreException stillThere(long count) {
        return new StoreException(
                Kind.DEADLINE,
                could(Operation.DROP) + "the service took the request, but has not said by the deadline that nothing is"
                        + " left; it counted " + count + " vectors when last asked. Ask again later.");
    }

    StoreException wrongIndex(String what, String advice) {
        return new StoreException(Kind.UNAVAILABLE, "Hearth cannot use " + where + ": " + what + ". " + advice);
    }

    StoreException closed() {
        return new StoreException(Kind.CLOSED, "Closed: the vector index.");
    }

    private String could(Operation what) {
        return "Hearth could not " + what.words() + " " + where + ": ";
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> "The API key is missing or wrong: check HEARTH_PINECONE_API_KEY (vectors.api_key).";
            case 402 -> "The account has an unpaid bill: look into Pinecone's console.";
            case 403 ->
                "The API key may not do this, or a limit of the plan is reached (namespaces, storage): look into"
                        + " Pinecone's console.";
            case 404 -> "There is no such index: create it, or correct vectors.host.";
            case 413 -> "The request is too large for it.";
            case 429 -> "There are too many requests for the plan's limits: ask for higher ones, or for less.";
            default ->
                status >= 500
                        ? "The service is overloaded or out of order: see status.pinecone.io."
                        : "The request was refused.";
        };
    }
}
