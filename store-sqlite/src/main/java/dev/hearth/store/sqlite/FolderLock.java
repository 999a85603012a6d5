package dev.hearth.store.sqlite;

import dev.hearth.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One server per data folder: a lock on the file {@code lock} in it, which the operating system releases when the
 * process ends, however it ends.
 */
final class FolderLock implements AutoCloseable {

    /**
     * The folders this process holds. Asked before the file is opened: closing a second channel on a file gives up
     * the first one's lock too (POSIX).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes the lock of a folder that exists, or throws {@link StoreException.Kind#UNAVAILABLE} saying who has it. */
    static FolderLock take(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw inUse(folder, "this very process");
        }
        try {
            return lock(folder, real);
        } catch (IOException | RuntimeException failed) {
            HELD.remove(real);
            throw failed;
        }
    }

    private static FolderLock lock(Path folder, Path real) throws IOException {
        Path file = real.resolve("lock");
        if (!Files.exists(file)) {
            DurableFiles.createFile(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder, holder(channel));
            }
            channel.truncate(0);
            String holder = "process " + ProcessHandle.current().pid();
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
            return new FolderLock(real, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(folder);
        }
    }

    private static String holder(FileChannel channel) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        try {
            int length = channel.read(bytes, 0);
            return length > 0 ? new String(bytes.array(), 0, length, StandardCharsets.US_ASCII) : "another process";
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    private static StoreException inUse(Path folder, String holder) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "The data folder " + folder + " is in use by " + holder
                        + ". Stop that server, or start this one with another data folder.");
    }
}
