package dev.hearth.conversation;

import dev.hearth.client.HearthClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an application, by their ids. Of the 10,000 used last it is known what was said and not yet
 * answered; who comes back after that begins with what Hearth remembers. Safe for many threads.
 */
public final class Conversations<M> {

    private static final int MOST = 10_000;

    private final HearthClient hearth;
    private final Speech<M> speech;
    private final Map<String, Conversation<M>> byId = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * No conversation yet.
     *
     * @param hearth stays its owner's to close
     */
    public Conversations(HearthClient hearth, Speech<M> speech) {
        this.hearth = hearth;
        this.speech = speech;
    }

    /**
     * The conversation of an id; asks nothing yet.
     *
     * @param id see {@link NamedRelationship#of}; it decides whose memories are read, so take it from a login and never
     *     from a request's body
     */
    public Conversation<M> of(@Nullable Object id) {
        NamedRelationship relationship = NamedRelationship.of(hearth, id);
        lock.lock();
        try {
            Conversation<M> conversation =
                    byId.computeIfAbsent(String.valueOf(id), _ -> new Conversation<>(relationship, speech));
            if (byId.size() > MOST) {
                Iterator<String> eldest = byId.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            return conversation;
        } finally {
            lock.unlock();
        }
    }
}
