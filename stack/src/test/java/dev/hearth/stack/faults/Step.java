package dev.hearth.stack.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What stands between an engine and its stores: sees every call, and may fail it, hold it, or do it later. */
interface Step {

    /** Lets everything pass. */
    Step PASS = (call, real) -> real.call();

    Set<String> CHANGES =
            Set.of("write", "putIfAbsent", "delete", "drop", "destroy", "findOrCreate", "append", "put", "remove");

    /**
     * One call of a store.
     *
     * @param store the interface's name, as in {@code WarmStore}
     * @param change whether it changes something
     * @param arguments may be altered, as to give it another deadline
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Call(String store, String method, boolean change, Object[] arguments) {
        @Override
        public String toString() {
            return store + "." + method;
        }
    }

    @Nullable
    Object at(Call call, Callable<Object> real) throws Exception;

    /** A store that asks a step before it does anything. */
    static <T> T through(Step step, Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    Callable<Object> real = () -> {
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause() instanceof Exception failure ? failure : thrown;
                        }
                    };
                    String name = method.getName();
                    if (name.equals("exclusive")
                            || name.equals("close")
                            || name.equals("derive")
                            || name.equals("dimension")) {
                        return real.call();
                    }
                    return step.at(new Call(type.getSimpleName(), name, CHANGES.contains(name), arguments), real);
                }));
    }
}
