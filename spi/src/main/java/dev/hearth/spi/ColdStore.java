package dev.hearth.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable objects of a partition, for what is old. Names are 1 to 200 characters of {@code [a-z0-9._/-]} without
 * {@code ..}; bytes are sealed by the caller. Durable when {@link #putIfAbsent} returns. Safe for many threads.
 */
public interface ColdStore extends AutoCloseable {

    /** Stores an object unless the name is taken; false where it was, and then nothing changed. */
    boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline);

    /** The object's bytes, or null where there is none. */
    byte @Nullable [] get(Partition partition, String name, Deadline deadline);

    /** The names that begin with {@code prefix} (empty: all), ascending. */
    List<String> list(Partition partition, String prefix, Deadline deadline);

    /** Removes an object; removing what is absent is allowed. */
    void delete(Partition partition, String name, Deadline deadline);

    /** Removes every object of the partition. */
    Removal drop(Partition partition, Deadline deadline);

    @Override
    void close();
}
