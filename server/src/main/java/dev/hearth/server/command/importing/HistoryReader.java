package dev.hearth.server.command.importing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The entries of one file, in its order. For one thread; its owner closes it. */
public interface HistoryReader extends AutoCloseable {

    /**
     * The next entry; null behind the last.
     *
     * @throws Unreadable where the file cannot be read on
     */
    @Nullable
    Entry next() throws IOException;

    /** What places count: line or entry. */
    String unit();

    /** How far the file has been read, in bytes. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
