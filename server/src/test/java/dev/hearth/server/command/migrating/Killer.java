package dev.hearth.server.command.migrating;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Ends the process, as it were, at one call of a store: before it happens, or when it has and was not answered. */
final class Killer {

    /** What no code catches. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int at;
    private final boolean after;
    private final AtomicInteger calls = new AtomicInteger();

    Killer(int at, boolean after) {
        this.at = at;
        this.after = after;
    }

    static Killer never() {
        return new Killer(Integer.MAX_VALUE, false);
    }

    /** Once somebody was killed nobody goes on, on whatever thread. */
    private boolean dead() {
        return calls.get() >= at;
    }

    <T> T before(Class<T> type, T store) {
        return proxy(
                type,
                store,
                call -> calls.incrementAndGet(),
                () -> dead() && !(after && calls.get() == at),
                this::dead);
    }

    /** Nobody is killed; {@code hears} is told the name of each call before it is made. */
    static <T> T heard(Class<T> type, T store, Consumer<String> hears) {
        return proxy(type, store, hears, () -> false, () -> false);
    }

    private static <T> T proxy(
            Class<T> type, T store, Consumer<String> hears, BooleanSupplier before, BooleanSupplier behind) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    hears.accept(method.getName());
                    if (before.getAsBoolean()) {
                        throw new Killed();
                    }
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (behind.getAsBoolean()) {
                            throw new Killed();
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
