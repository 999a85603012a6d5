package dev.hearth.engine.problem;

import dev.hearth.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** What a store's failure means for who asked. */
public final class Failures {

    private Failures() {}

    /** Of a failure of which it is not known which call it was. */
    public static Problem problem(StoreException failure) {
        return problem(null, failure);
    }

    /** The same, where the log is to name the call. */
    public static Problem problem(@Nullable StoreCall call, StoreException failure) {
        return switch (failure.kind()) {
            case DEADLINE ->
                new Problem(
                        Code.DEADLINE_EXCEEDED,
                        "The store did not answer in time. Send it again with the same Idempotency-Key: nothing is"
                                + " stored twice.",
                        failure,
                        call);
            case UNAVAILABLE, CLOSED ->
                new Problem(
                        Code.OVERLOADED,
                        "The store is not available at the moment. Send it again with the same Idempotency-Key:"
                                + " nothing is stored twice.",
                        failure,
                        call);
            case FULL ->
                new Problem(
                        Code.OVERLOADED,
                        "The data disk is full: this was not stored to its end. Free some space, then send it again with the"
                                + " same Idempotency-Key: nothing is stored twice.",
                        failure,
                        call);
            case READ_ONLY ->
                new Problem(
                        Code.OVERLOADED,
                        "The data folder, or the table, cannot be written: this was not stored to its end. Let the server write there,"
                                + " then send it again with the same Idempotency-Key: nothing is stored twice.",
                        failure,
                        call);
            case TOO_LARGE ->
                new Problem(
                        Code.TOO_LARGE,
                        "This is more than one record can hold: send it in smaller parts.",
                        failure,
                        call);
            case CORRUPT ->
                new Problem(
                        Code.INTERNAL,
                        "Stored data of this user is damaged and was not changed. The server's log names the record;"
                                + " restore it from a backup.",
                        failure,
                        call);
        };
    }
}
