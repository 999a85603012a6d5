package dev.hearth.store.redis;

/** What has been sent to Redis and is not answered, bounded by number and by bytes. */
final class OnTheWay {

    private static final int MOST_COMMANDS = 4_096;
    private static final long MOST_BYTES = 64L << 20;

    private int commands;
    private long bytes;

    /** Counts a command in; false where that would be too much. A single one of any size is not. */
    synchronized boolean admit(long size) {
        if (commands >= MOST_COMMANDS || (bytes > 0 && bytes + size > MOST_BYTES)) {
            return false;
        }
        commands++;
        bytes += size;
        return true;
    }

    synchronized void ended(long size) {
        commands--;
        bytes -= size;
    }
}
