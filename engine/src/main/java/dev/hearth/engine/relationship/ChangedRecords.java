package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.spi.Write;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of messages that memory has of a relationship, so that nobody asks the store for words, and what has
 * changed since its base was put into the hot store. Only where other servers share the stores. Safe for many threads.
 */
final class ChangedRecords {

    private static final int BYTES_A_RECORD = 80;

    /** From so many changed records on the base is made anew. */
    private static final int MOST_CHANGES = 48;

    /** The same from so many bytes on, where they are also a third of the base's: whoever opens it reads both. */
    private static final long MANY_BYTES = 32_000;

    private final RelationshipKey key;
    private final boolean shared;
    private final Map<String, byte[]> words = new ConcurrentHashMap<>();
    private final TreeMap<String, HotCopy.Change> changed = new TreeMap<>();
    private long base;
    private long baseBytes;
    private byte @Nullable [] coming;
    private long revision;

    /**
     * @param shared whether other servers share the stores; otherwise nothing is kept here
     */
    ChangedRecords(RelationshipKey key, boolean shared) {
        this.key = key;
        this.shared = shared;
    }

    /** Takes in a block of messages as it was loaded. */
    void loaded(String place, byte[] block) {
        if (shared) {
            words.put(place, block);
        }
    }

    /** Says which base the hot store has or is about to have, and what has changed since. */
    synchronized void basedOn(HotCopy copy, @Nullable HotCopy changes) {
        base = copy.base();
        baseBytes = copy.size();
        revision = copy.revision();
        changed.clear();
        if (changes != null) {
            revision = changes.revision();
            changed.putAll(changes.records());
        }
    }

    /** What has changed, which the next base holds: what comes is noted as a change to that. Null without a base. */
    synchronized @Nullable HotCopy rebase(long life) {
        HotCopy changes = changes(life);
        base = base == 0 ? 0 : revision;
        changed.clear();
        return changes;
    }

    /** The revision of the base in the hot store, 0 where there is none. */
    synchronized long base() {
        return base;
    }

    /** Whether so much has changed since that the base is to be made anew. */
    synchronized boolean outgrown() {
        long bytes = changedBytes();
        return changed.size() >= MOST_CHANGES || (bytes > MANY_BYTES && bytes > baseBytes / 3);
    }

    /** Says how large the base is as it is put into the hot store. */
    synchronized void based(HotCopy copy) {
        baseBytes = copy.size();
    }

    /** Says which head is about to be written, and null once that has happened, or not. */
    synchronized void writing(byte @Nullable [] head) {
        coming = head;
    }

    /** Whether it is this that writes the head. */
    synchronized boolean writes(byte[] head) {
        return Arrays.equals(head, coming);
    }

    /** Takes note of a write that has happened, after which the head has {@code now}. */
    synchronized void written(Batch batch, long now) {
        if (!shared) {
            return;
        }
        revision = now;
        for (Write.Operation operation : batch.operations()) {
            String place = operation.key();
            switch (operation) {
                case Write.Operation.Put put -> {
                    if (place.startsWith(key.messages())) {
                        words.put(place, put.value());
                    }
                    note(place, new HotCopy.Change(put.revision(), put.value(), null));
                }
                case Write.Operation.Delete ignored -> {
                    words.remove(place);
                    note(place, new HotCopy.Change(1, null, null));
                }
            }
        }
    }

    private void note(String place, HotCopy.Change change) {
        boolean loaded = place.equals(key.head())
                || place.equals(key.uses())
                || place.startsWith(key.messages())
                || place.startsWith(key.vectors())
                || place.startsWith(key.standings());
        if (loaded && base != 0) {
            changed.put(place, change);
        }
    }

    /** What has changed since the base; null without a base. */
    synchronized @Nullable HotCopy changes(long life) {
        return base == 0 ? null : new HotCopy(base, revision, life, new TreeMap<>(changed));
    }

    /** Takes note of what was found out about the words of what has changed, where it has not changed again. */
    synchronized void analysed(HotCopy changes) {
        changes.records()
                .forEach((place, known) -> changed.computeIfPresent(
                        place, (name, present) -> Arrays.equals(present.bytes(), known.bytes()) ? known : present));
    }

    /** Says that the hot store has no base any more. */
    synchronized void lost() {
        base = 0;
        changed.clear();
    }

    /** A block of messages by its key, null where it is not at hand. */
    byte @Nullable [] block(String place) {
        return words.get(place);
    }

    synchronized long bytes() {
        long bytes = 0;
        for (byte[] block : words.values()) {
            bytes += BYTES_A_RECORD + block.length;
        }
        return bytes + changedBytes();
    }

    private long changedBytes() {
        return changed.values().stream().mapToLong(HotCopy.Change::size).sum();
    }
}
