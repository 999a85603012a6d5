package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Gist;
import dev.hearth.engine.scope.Fork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a relationship is cold, as memory knows it: the directory's entries, and the messages of those segments that
 * were brought in since. Safe for many threads.
 */
final class ColdDirectory {

    private static final int BYTES_A_BLOCK = 400;
    private static final int BYTES_A_MESSAGE = 200;

    private final NavigableMap<Long, ColdBlock> blocks = new TreeMap<>();
    private final Map<Long, Map<Long, StoredMessage>> present = new HashMap<>();
    private final Map<Long, Fork<Boolean>> fetches = new HashMap<>();
    private long brought;

    /** Takes note of an entry, in the place of any for the same segment. */
    synchronized void put(long first, ColdBlock block) {
        blocks.put(first, block);
    }

    /** Whether an entry names this object. */
    synchronized boolean names(String object) {
        return blocks.values().stream().anyMatch(block -> block.names(object));
    }

    synchronized boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The entries by the first seq of their segment. */
    synchronized Map<Long, ColdBlock> blocks() {
        return new TreeMap<>(blocks);
    }

    /** The entry that begins with this seq. */
    synchronized @Nullable ColdBlock at(long first) {
        return blocks.get(first);
    }

    /** What is known of the segments that are not in memory, by their first seq. */
    synchronized Map<Long, Gist> gists() {
        Map<Long, Gist> gists = new HashMap<>();
        blocks.forEach((first, block) -> {
            if (!present.containsKey(first)) {
                gists.put(first, block.gist());
            }
        });
        return gists;
    }

    /** The first seq of the segment in which a message is that is cold and not in memory; 0 for none. */
    synchronized long awayIn(long seq) {
        Map.Entry<Long, ColdBlock> entry = blocks.floorEntry(seq);
        boolean away = entry != null
                && seq <= entry.getValue().last()
                && !present.containsKey(entry.getKey())
                && !entry.getValue().keeps(seq);
        return away ? entry.getKey() : 0;
    }

    /** The first seq of the segment in which a message is that is not warm; 0 for none. */
    synchronized long coldIn(long seq) {
        Map.Entry<Long, ColdBlock> entry = blocks.floorEntry(seq);
        boolean cold = entry != null
                && seq <= entry.getValue().last()
                && !entry.getValue().keeps(seq);
        return cold ? entry.getKey() : 0;
    }

    /**
     * Takes in the messages of a segment; false where they are here already, or where the entry names another object by
     * now.
     */
    synchronized boolean bring(long first, String object, List<StoredMessage> messages) {
        ColdBlock block = blocks.get(first);
        if (block == null || !block.object().equals(object) || present.containsKey(first)) {
            return false;
        }
        Map<Long, StoredMessage> bySeq = new HashMap<>();
        messages.forEach(message -> bySeq.put(message.seq(), message));
        present.put(first, bySeq);
        brought += messages.size();
        return true;
    }

    /** How many messages were brought in; what is forgotten is counted still. */
    synchronized long brought() {
        return brought;
    }

    /** What brings a segment in: that which does so already, or what {@code start} begins. */
    synchronized Fork<Boolean> fetching(long first, Supplier<Fork<Boolean>> start) {
        return fetches.computeIfAbsent(first, ignored -> start.get());
    }

    /** Says that what brought a segment in has ended. */
    synchronized void fetched(long first) {
        fetches.remove(first);
    }

    /** A message that was brought in; null for any other. */
    synchronized @Nullable StoredMessage message(long seq) {
        Map.Entry<Long, ColdBlock> entry = blocks.floorEntry(seq);
        Map<Long, StoredMessage> bySeq = entry == null ? null : present.get(entry.getKey());
        return bySeq == null ? null : bySeq.get(seq);
    }

    /** Lets go of a message that is erased. */
    synchronized void forget(long seq) {
        Map.Entry<Long, ColdBlock> entry = blocks.floorEntry(seq);
        Map<Long, StoredMessage> bySeq = entry == null ? null : present.get(entry.getKey());
        if (bySeq != null) {
            bySeq.remove(seq);
        }
    }

    synchronized long bytes() {
        long bytes = 0;
        for (ColdBlock block : blocks.values()) {
            bytes += BYTES_A_BLOCK
                    + 4L * block.gist().terms().length
                    + block.gist().centres().stream()
                            .mapToLong(centre -> centre.values().length + 40L)
                            .sum();
        }
        for (Map<Long, StoredMessage> messages : present.values()) {
            for (StoredMessage message : messages.values()) {
                bytes += BYTES_A_MESSAGE + message.text().length();
            }
        }
        return bytes;
    }
}
