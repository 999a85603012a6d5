package dev.hearth.store.guarded;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests for the same object, of which the first answer is wanted. Closing it ends those that still run. */
interface Race extends AutoCloseable {

    /** How a request ended. */
    sealed interface Answer {

        /**
         * The object's bytes, or null where there is none.
         *
         * @param second whether it was the second request's
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Got(byte @Nullable [] bytes, boolean second) implements Answer {}

        record Failed(RuntimeException failure) implements Answer {}
    }

    /** Begins a request; at most two. */
    void begin(Supplier<byte @Nullable []> request);

    /** The next answer, or null where none comes within {@code nanos}. */
    @Nullable
    Answer next(long nanos) throws InterruptedException;

    @Override
    void close();
}
