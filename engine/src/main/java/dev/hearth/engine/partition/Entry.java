package dev.hearth.engine.partition;

/**
 * One opened record.
 *
 * @param key its key within the partition
 * @param revision its revision, at least 1
 * @param bytes the plain bytes
 * @param life the id of the key it was sealed with: which life of the partition it belongs to
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record Entry(String key, long revision, byte[] bytes, long life) {}
