package dev.hearth.store.guarded;

import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes every call of a store fail while a test says so, and counts the calls that reach it. */
final class Outage {

    private volatile @Nullable Kind kind;
    private volatile int calls;

    /** From now on calls fail so; with null they are made. */
    void fails(@Nullable Kind with) {
        kind = with;
        calls = 0;
    }

    /** How many calls reached the store since it was last said how they end. */
    int calls() {
        return calls;
    }

    <T> T of(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (!method.getName().equals("close")) {
                        synchronized (this) {
                            calls++;
                        }
                        Kind now = kind;
                        if (now != null) {
                            throw new StoreException(now, "Injected by the test: " + now + ".");
                        }
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
