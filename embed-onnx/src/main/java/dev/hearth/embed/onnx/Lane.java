package dev.hearth.embed.onnx;

import dev.hearth.spi.EmbedderException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Requests of one urgency, taking turns, one window each. Not safe for threads: the pool's lock guards it. */
final class Lane {

    private final String name;
    private final int capacity;
    private final ArrayDeque<PendingTexts> requests = new ArrayDeque<>();
    private int windows;

    /** Holds {@code capacity} windows; a request that finds the lane empty may exceed it. */
    Lane(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /**
     * Queues the request behind the others.
     *
     * @throws EmbedderException where the lane is full
     */
    void admit(PendingTexts request) {
        if (windows + request.size() > capacity && !requests.isEmpty()) {
            throw new EmbedderException(
                    "overloaded: " + windows + " windows wait in the " + name + " lane, which holds " + capacity, null);
        }
        requests.addLast(request);
        windows += request.size();
    }

    /** The next window somebody still waits for, or null. */
    @Nullable
    Window poll() {
        for (PendingTexts request = requests.pollFirst(); request != null; request = requests.pollFirst()) {
            if (request.abandoned()) {
                windows -= request.untaken();
                continue;
            }
            windows--;
            int index = request.next();
            if (request.untaken() > 0) {
                requests.addLast(request);
            }
            return new Window(request, index);
        }
        return null;
    }

    void remove(PendingTexts request) {
        if (request.untaken() > 0 && requests.remove(request)) {
            windows -= request.untaken();
        }
    }

    void fail(EmbedderException failure) {
        requests.forEach(request -> request.fail(failure));
        requests.clear();
        windows = 0;
    }

    /** One window of a request. */
    record Window(PendingTexts request, int index) {}
}
