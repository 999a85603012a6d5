package dev.hearth.spi;

import java.util.List;

/**
 * Which partitions were erased: replayed before a restored backup serves, so that erased data never comes back.
 * Append-only, kept beside the keys, durable when {@link #append} returns. Holds no person's name. Safe for many
 * threads.
 */
public interface ErasureLedger extends AutoCloseable {

    void append(Erasure erasure);

    /** Every entry in the order of appending; a torn last entry (a crash in the middle of an append) is not one. */
    List<Erasure> entries();

    @Override
    void close();
}
