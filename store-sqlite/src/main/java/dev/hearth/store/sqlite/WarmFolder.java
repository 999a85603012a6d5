package dev.hearth.store.sqlite;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where the partitions' files are: {@code warm/<two hex digits of the name's CRC32C>/<partition>.db}, beside it
 * SQLite's {@code -wal}. Safe for many threads, as long as one partition has one at a time.
 */
final class WarmFolder {

    private static final String SUFFIX = ".db";
    /** Where an SQLite file says how many pages it has. */
    private static final int PAGE_COUNT_AT = 28;

    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private final Path root;
    private final byte[] empty;

    private WarmFolder(Path root, byte[] empty) {
        this.root = root;
        this.empty = empty;
    }

    /** Opens {@code warm/} of a data folder, making it where it is missing. */
    static WarmFolder open(Path dataFolder) throws IOException, SQLException {
        Path root = dataFolder.resolve("warm");
        DurableFiles.createFolder(root);
        Path scratch = root.resolve("empty.db");
        deleteAll(scratch);
        try {
            PartitionFile.makeEmpty(scratch);
            return new WarmFolder(root, Files.readAllBytes(scratch));
        } finally {
            deleteAll(scratch);
        }
    }

    Path file(Partition partition) {
        CRC32C hash = new CRC32C();
        hash.update(partition.name().getBytes(StandardCharsets.US_ASCII));
        int value = (int) hash.getValue();
        String folder = "" + Character.forDigit(value >>> 4 & 15, 16) + Character.forDigit(value & 15, 16);
        return root.resolve(folder).resolve(partition.name() + SUFFIX);
    }

    /**
     * Whether the partition has a file. One that a power cut left without its content (empty, or the beginning of a
     * new file, with nothing in its log) is none.
     */
    boolean has(Partition partition) throws IOException {
        return isWhole(file(partition));
    }

    /**
     * Refuses a file that ends before its own header says: SQLite would read zeros for the missing part of a page.
     * While there is a log, the file may rightly be behind.
     */
    void requireComplete(Partition partition) throws IOException {
        Path file = file(partition);
        if (size(beside(file, "-wal")) > 0) {
            return;
        }
        ByteBuffer header = ByteBuffer.allocate(PAGE_COUNT_AT + Integer.BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int read = channel.read(header);
            long promised = read < header.capacity()
                    ? Long.MAX_VALUE
                    : Integer.toUnsignedLong(header.getInt(PAGE_COUNT_AT)) * PartitionFile.PAGE;
            if (size < promised) {
                throw Failures.corrupt(file, " (It is cut off after " + size + " bytes.)", null);
            }
        }
    }

    /** Makes the partition's file, without an item in it; durable on return. */
    void create(Partition partition) throws IOException {
        Path file = file(partition);
        DurableFiles.createFolder(folderOf(file));
        // A log that outlived its file would be played into the new one.
        for (String companion : COMPANIONS) {
            if (Files.deleteIfExists(beside(file, companion))) {
                DurableFiles.sync(folderOf(file));
            }
        }
        DurableFiles.publish(file, empty);
    }

    /** Deletes what the partition has here; durable on return. How many files that were. */
    int delete(Partition partition) throws IOException {
        Path file = file(partition);
        int deleted = deleteAll(file);
        if (deleted > 0) {
            DurableFiles.sync(folderOf(file));
        }
        return deleted;
    }

    /** What the partition takes, its log included. */
    long bytes(Partition partition) throws IOException {
        Path file = file(partition);
        long bytes = size(file);
        for (String companion : COMPANIONS) {
            bytes += size(beside(file, companion));
        }
        return bytes;
    }

    /** Every partition that has a file, by reading the folders. */
    List<Partition> partitions(Deadline deadline) throws IOException {
        List<Partition> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[0-9a-f][0-9a-f]")) {
            for (Path folder : folders) {
                if (deadline.expired()) {
                    throw new StoreException(
                            StoreException.Kind.DEADLINE, "Listing " + root + " took longer than the deadline.");
                }
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                    for (Path file : files) {
                        String name = file.getFileName().toString();
                        if (isWhole(file)) {
                            found.add(new Partition(name.substring(0, name.length() - SUFFIX.length())));
                        }
                    }
                }
            }
        }
        return found;
    }

    private boolean isWhole(Path file) throws IOException {
        long size = size(file);
        if (size >= empty.length) {
            return true;
        }
        if (size(beside(file, "-wal")) > 0) {
            return Files.exists(file);
        }
        if (size == 0) {
            return false;
        }
        byte[] begun = Files.readAllBytes(file);
        return !Arrays.equals(begun, Arrays.copyOf(empty, begun.length));
    }

    /** The log goes first: see {@link #create}. */
    private static int deleteAll(Path file) throws IOException {
        int deleted = 0;
        for (String companion : COMPANIONS) {
            deleted += Files.deleteIfExists(beside(file, companion)) ? 1 : 0;
        }
        deleted += Files.deleteIfExists(beside(file, ".new")) ? 1 : 0;
        return deleted + (Files.deleteIfExists(file) ? 1 : 0);
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException("A partition's file stands in a folder.");
        }
        return folder;
    }
}
