package dev.hearth.spi;

import org.jspecify.annotations.Nullable;

/**
 * The operator's key and the keys wrapped by it, one per partition. Lives apart from the data, with a backup of its
 * own. A destroyed key is gone: what it sealed cannot be read again. Durable when a call returns. Safe for many
 * threads.
 */
public interface Keys extends AutoCloseable {

    /**
     * 32 secret bytes for one purpose, derived from the operator's key; the same purpose always gives the same bytes.
     */
    byte[] derive(String purpose);

    /** The partition's key, or null where there is none. */
    @Nullable
    PartitionKey find(Partition partition);

    /**
     * The partition's key as it is stored now, whatever was known of it; null where there is none. {@link #find} may answer
     * one that another process has destroyed a while ago.
     */
    @Nullable
    PartitionKey findNow(Partition partition);

    /** The partition's key, made if there is none. Two concurrent callers receive the same key. As it is stored now. */
    PartitionKey findOrCreate(Partition partition);

    /** Destroys the partition's key; false where there was none. */
    boolean destroy(Partition partition);

    @Override
    void close();
}
