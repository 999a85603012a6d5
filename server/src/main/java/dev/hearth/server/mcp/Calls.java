package dev.hearth.server.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls in flight that can be cancelled. As many as there are slots for turns. Safe for many threads. */
final class Calls {

    private final Map<Object, Runnable> running = new ConcurrentHashMap<>();

    /**
     * How a client names a call.
     *
     * @param key the name of the client's key
     * @param session the id that its session was given
     * @param id the request's id: a String or a Long
     */
    record Name(String key, String session, Object id) {}

    /** A call in flight; closing it says that it has ended. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A call begins.
     *
     * @param name null where its client cannot name it, as without a session
     * @param cancel called at most once, on another thread
     */
    Running begin(@Nullable Name name, Runnable cancel) {
        Object key = name == null || running.putIfAbsent(name, cancel) != null ? new Object() : name;
        running.put(key, cancel);
        return () -> running.remove(key);
    }

    /** Cancels the call of this name, if it is still in flight. */
    void cancel(Name name) {
        Runnable cancel = running.remove(name);
        if (cancel != null) {
            cancel.run();
        }
    }

    void cancelAll() {
        List.copyOf(running.values()).forEach(Runnable::run);
    }
}
