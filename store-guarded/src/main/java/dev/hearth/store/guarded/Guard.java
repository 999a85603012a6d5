package dev.hearth.store.guarded;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands before one store: lets calls through its breaker, and tells the breaker what they say of the store. */
final class Guard {

    private final String who;
    private final Duration patience;
    private final Breaker breaker;
    private volatile boolean closed;

    /**
     * @param who the store, as a message begins with it
     * @param patience a call that had less time than this and was late says nothing of the store
     */
    Guard(String who, Duration patience, Breaker breaker) {
        this.who = who;
        this.patience = patience;
        this.breaker = breaker;
    }

    /** The store's answer to {@code ask}, or {@code instead} where the breaker does not let it through. */
    <T extends @Nullable Object> T call(Deadline deadline, Supplier<T> ask, Supplier<T> instead) {
        return call(deadline.remaining().compareTo(patience) >= 0, Breaker.Ending.ANSWERED, ask, instead);
    }

    /** As the other, throwing {@code UNAVAILABLE} where the breaker does not let it through. */
    <T extends @Nullable Object> T call(Deadline deadline, Supplier<T> ask) {
        return this.<T>call(deadline, ask, () -> {
            throw refused();
        });
    }

    /** A call over all there is: that it is late says nothing of the store. */
    <T extends @Nullable Object> T scan(Supplier<T> ask) {
        return this.<T>call(false, Breaker.Ending.ANSWERED, ask, () -> {
            throw refused();
        });
    }

    /** A call that is always let through, because what is erased may not depend on a breaker. */
    <T extends @Nullable Object> T always(Supplier<T> ask) {
        return told(breaker.admitAlways(), false, Breaker.Ending.ANSWERED, ask);
    }

    /** A call with a deadline of the store's own, which a cache may answer: only its failure says something of the store. */
    <T extends @Nullable Object> T cached(Supplier<T> ask) {
        return this.<T>call(true, Breaker.Ending.UNDECIDED, ask, () -> {
            throw refused();
        });
    }

    private <T extends @Nullable Object> T call(
            boolean patient, Breaker.Ending answered, Supplier<T> ask, Supplier<T> instead) {
        Breaker.Admission admission = breaker.admit();
        if (admission == null) {
            if (closed) {
                throw new StoreException(Kind.CLOSED, "Closed: " + who + ".");
            }
            return instead.get();
        }
        return told(admission, patient, answered, ask);
    }

    private <T extends @Nullable Object> T told(
            Breaker.Admission admission, boolean patient, Breaker.Ending answered, Supplier<T> ask) {
        Breaker.Ending ending = Breaker.Ending.UNDECIDED;
        String how = "";
        try {
            T answer = ask.get();
            ending = answered;
            return answer;
        } catch (StoreException failure) {
            ending = ending(failure.kind(), patient);
            how = String.valueOf(failure.getMessage());
            throw failure;
        } finally {
            breaker.ended(admission, ending, how);
        }
    }

    private static Breaker.Ending ending(Kind kind, boolean patient) {
        return switch (kind) {
            // A caller who was interrupted gave up by himself.
            case UNAVAILABLE ->
                Thread.currentThread().isInterrupted() ? Breaker.Ending.UNDECIDED : Breaker.Ending.FAILED;
            case DEADLINE -> patient ? Breaker.Ending.FAILED : Breaker.Ending.UNDECIDED;
            case FULL, READ_ONLY, CORRUPT -> Breaker.Ending.ANSWERED;
            // Too large is said before anything is sent.
            case TOO_LARGE, CLOSED -> Breaker.Ending.UNDECIDED;
        };
    }

    private StoreException refused() {
        return new StoreException(
                Kind.UNAVAILABLE,
                who + " failed too often just now and was not asked: nothing was changed. It is tried again within two"
                        + " seconds; the log says what it answered.");
    }

    void close() {
        closed = true;
    }
}
