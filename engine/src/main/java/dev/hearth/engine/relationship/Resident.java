package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.IndexedMessage;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A relationship held in memory: its head, its index and the messages of the running session. A cache of what the
 * store says; whoever changes it holds the turnstile. Reading the head and searching the index need no turnstile.
 */
public final class Resident {

    private static final int BYTES_A_HASH = 48;

    private final RelationshipKey key;
    private final RelationshipIndex index;
    private final Turnstile turnstile = new Turnstile();
    private final Set<Long> externalHashes = new HashSet<>();
    private final TreeMap<Long, StoredMessage> window = new TreeMap<>();
    private final TreeMap<Long, List<QuantizedVector>> unsavedVectors = new TreeMap<>();
    private final Map<String, CountDownLatch> turnsByKey = new ConcurrentHashMap<>();
    private volatile State state;
    private volatile boolean stale;

    private record State(Head head, long revision) {}

    Resident(RelationshipKey key, Head head, long revision, RelationshipIndex index) {
        this.key = key;
        this.index = index;
        this.state = new State(head, revision);
    }

    public RelationshipKey key() {
        return key;
    }

    public Head head() {
        return state.head();
    }

    long revision() {
        return state.revision();
    }

    public RelationshipIndex index() {
        return index;
    }

    /** Whether the store may say something else than this: then it is loaded anew. */
    public boolean stale() {
        return stale;
    }

    public void markStale() {
        stale = true;
    }

    public void enterTurn(Deadline deadline) {
        turnstile.enterTurn(deadline);
    }

    public void enter(Deadline deadline) {
        turnstile.enter(deadline);
    }

    public void leave() {
        turnstile.leave();
    }

    /** Requests under way by idempotency key, so that a concurrent repetition waits for the first. */
    public Map<String, CountDownLatch> turnsByKey() {
        return turnsByKey;
    }

    void advance(Head head, long revision) {
        state = new State(head, revision);
        synchronized (window) {
            window.headMap(head.session().windowFrom()).clear();
        }
    }

    /** Takes a stored message into the index and the window. */
    public void admit(StoredMessage message) {
        if (message.externalHash() != 0) {
            externalHashes.add(message.externalHash());
        }
        index.append(indexed(message));
        if (message.deleted()) {
            index.delete(message.seq());
        } else if (message.seq() >= head().session().windowFrom()) {
            synchronized (window) {
                window.put(message.seq(), message);
            }
        }
    }

    void forget(long seq) {
        index.delete(seq);
        synchronized (window) {
            window.remove(seq);
        }
        synchronized (unsavedVectors) {
            unsavedVectors.remove(seq);
        }
    }

    boolean imported(long externalHash) {
        return externalHashes.contains(externalHash);
    }

    /** The messages that the prompt's history holds, oldest first. */
    public List<StoredMessage> window() {
        synchronized (window) {
            return new ArrayList<>(window.values());
        }
    }

    /** Vectors that were made off a turn's path: searchable now, stored with the next write. */
    public void attach(long seq, List<float[]> windows) {
        List<QuantizedVector> quantized =
                windows.stream().map(QuantizedVector::of).toList();
        synchronized (unsavedVectors) {
            unsavedVectors.put(seq, quantized);
        }
        index.quantizedVectors(seq, quantized);
    }

    /** Takes out up to {@code count} messages' unsaved vectors, lowest seq first. */
    List<VectorBlock.Embedded> takeUnsaved(int count) {
        List<VectorBlock.Embedded> taken = new ArrayList<>();
        synchronized (unsavedVectors) {
            while (taken.size() < count && !unsavedVectors.isEmpty()) {
                var first = unsavedVectors.pollFirstEntry();
                taken.add(new VectorBlock.Embedded(first.getKey(), first.getValue()));
            }
        }
        return taken;
    }

    void putBack(List<VectorBlock.Embedded> taken) {
        synchronized (unsavedVectors) {
            taken.forEach(embedded -> unsavedVectors.putIfAbsent(embedded.seq(), embedded.windows()));
        }
    }

    long bytes() {
        return index.bytes() + (long) externalHashes.size() * BYTES_A_HASH + 4_096;
    }

    private static IndexedMessage indexed(StoredMessage message) {
        return new IndexedMessage(
                message.seq(),
                message.origin().byUser(),
                message.speaker() == null ? "" : message.speaker(),
                message.session(),
                message.said(),
                message.text(),
                message.recallable());
    }
}
