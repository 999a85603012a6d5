package dev.hearth.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cache of bytes with a lifetime. Disposable: it may lose anything at any time, and losing all of it makes Hearth
 * slower and never wrong. A put may be lost as well, and leave what was there before: a value that can be outdated says
 * itself what it is of. Values are sealed by the caller. Safe for many threads.
 */
public interface HotStore extends AutoCloseable {

    /** The bytes put under {@code key}, or null where there are none (any more). */
    byte @Nullable [] get(Partition partition, String key, Deadline deadline);

    /** Keeps {@code value} for at most {@code lifetime}, replacing any. */
    void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline);

    /** Forgets {@code key}; forgetting what is absent is allowed. */
    void remove(Partition partition, String key, Deadline deadline);

    /** Forgets everything of the partition. */
    Removal drop(Partition partition, Deadline deadline);

    @Override
    void close();
}
