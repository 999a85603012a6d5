package dev.hearth.engine.partition;

import dev.hearth.spi.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One conditional atomic write in the making, with plain values. Not for sharing between threads. */
public final class Batch {

    final List<Write.Condition> conditions = new ArrayList<>();
    final List<Write.Operation> plain = new ArrayList<>();
    private final List<Runnable> whenWritten = new ArrayList<>();

    /** Stores a value under a key that must be free; its revision becomes 1. */
    public Batch create(String key, byte[] value, @Nullable Instant expiresAt) {
        conditions.add(new Write.Condition.Absent(key));
        plain.add(new Write.Operation.Put(key, 1, value, expiresAt));
        return this;
    }

    public Batch create(String key, byte[] value) {
        return create(key, value, null);
    }

    /** Replaces a value that must have {@code revision}; its revision becomes the next. */
    public Batch replace(String key, long revision, byte[] value) {
        conditions.add(new Write.Condition.RevisionIs(key, revision));
        plain.add(new Write.Operation.Put(key, revision + 1, value, null));
        return this;
    }

    /** Stores a value whatever was there, under {@code revision}. */
    public Batch put(String key, long revision, byte[] value, @Nullable Instant expiresAt) {
        plain.add(new Write.Operation.Put(key, revision, value, expiresAt));
        return this;
    }

    public Batch delete(String key) {
        plain.add(new Write.Operation.Delete(key));
        return this;
    }

    /** Has something done once the write has happened, in its thread; it must not throw. */
    public Batch whenWritten(Runnable work) {
        whenWritten.add(work);
        return this;
    }

    /** Does what was to be done once the write has happened: whoever writes the batch says so. */
    public void written() {
        whenWritten.forEach(Runnable::run);
    }

    /** What the batch changes, with plain values. */
    public List<Write.Operation> operations() {
        return Collections.unmodifiableList(plain);
    }

    /** How many keys the batch changes. */
    public int size() {
        return plain.size();
    }

    /** Whether the batch changes {@code key} already: a key stands at most once in a write. */
    public boolean touches(String key) {
        return plain.stream().anyMatch(operation -> operation.key().equals(key));
    }

    /** The write happens only if {@code key} has {@code revision}. */
    public Batch when(String key, long revision) {
        conditions.add(new Write.Condition.RevisionIs(key, revision));
        return this;
    }
}
