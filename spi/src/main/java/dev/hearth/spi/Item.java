package dev.hearth.spi;

/**
 * One stored value.
 *
 * @param key its key within the partition
 * @param revision the number its last writer gave it, at least 1
 * @param value its bytes; owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record Item(String key, long revision, byte[] value) {}
