package dev.hearth.engine.relationship;

import dev.hearth.kernel.vector.QuantizedVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Vectors that were made off a turn's path and wait to be stored; never of what is forgotten. Safe for many threads. */
final class UnsavedVectors {

    private static final int BYTES_A_VECTOR = 600;

    private final TreeMap<Long, List<QuantizedVector>> waiting = new TreeMap<>();
    private final Set<Long> forgotten = new HashSet<>();

    /** Takes in a message's; false where the message is forgotten. */
    synchronized boolean put(long seq, List<QuantizedVector> windows) {
        if (forgotten.contains(seq)) {
            return false;
        }
        waiting.put(seq, windows);
        return true;
    }

    synchronized void forget(long seq) {
        forgotten.add(seq);
        waiting.remove(seq);
    }

    /** Takes out up to {@code count} messages' vectors, lowest seq first. */
    synchronized List<VectorBlock.Embedded> take(int count) {
        List<VectorBlock.Embedded> taken = new ArrayList<>();
        while (taken.size() < count && !waiting.isEmpty()) {
            var first = waiting.pollFirstEntry();
            taken.add(new VectorBlock.Embedded(first.getKey(), first.getValue()));
        }
        return taken;
    }

    synchronized void putBack(List<VectorBlock.Embedded> taken) {
        for (VectorBlock.Embedded embedded : taken) {
            if (!forgotten.contains(embedded.seq())) {
                waiting.putIfAbsent(embedded.seq(), embedded.windows());
            }
        }
    }

    /** Whether there are any. */
    synchronized boolean any() {
        return !waiting.isEmpty();
    }

    synchronized long bytes() {
        return (long) waiting.size() * BYTES_A_VECTOR;
    }
}
