package dev.hearth.engine.problem;

import dev.hearth.spi.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which call of which store it was, for who reads the log.
 *
 * @param store as {@code warm} or {@code keys}
 * @param call as {@code write}
 */
public record StoreCall(String store, String call) {

    /** The answer of this call of a store; its failure becomes a {@link Problem} that names the call. */
    public static <T extends @Nullable Object> T ask(String store, String call, Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException failure) {
            throw Failures.problem(new StoreCall(store, call), failure);
        }
    }

    /** The same of a call without an answer. */
    public static void make(String store, String call, Runnable work) {
        boolean ignored = ask(store, call, () -> {
            work.run();
            return true;
        });
    }
}
