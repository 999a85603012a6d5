package dev.hearth.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner may read and whose names survive a power cut. */
final class DurableFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFiles() {}

    /** Makes the folder and its missing parents. */
    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolder(parent);
        }
        try {
            Files.createDirectory(folder, owner("rwx------"));
        } catch (FileAlreadyExistsException race) {
            if (!Files.isDirectory(folder)) {
                throw race;
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    /** Makes {@code file} appear with all of {@code bytes}, or not at all; false where it is there already. */
    static boolean publishIfAbsent(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Path fresh = fresh(file);
        write(fresh, bytes);
        try {
            // A link, because a rename would silently replace what another put there first.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(parent(file));
        return true;
    }

    /** Where the bytes of {@code file} stand before it appears; what a crash leaves there is replaced or ignored. */
    static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + "~");
    }

    /** Removes a file's name; false where there was none. */
    static boolean delete(Path file) throws IOException {
        Files.deleteIfExists(fresh(file));
        boolean deleted = Files.deleteIfExists(file);
        if (deleted) {
            sync(parent(file));
        }
        return deleted;
    }

    /** Whether others than the owner may read {@code file}, as far as the file system says. */
    static boolean readableByOthers(Path file) throws IOException {
        return POSIX
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, owner("rw-------"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Makes the names in {@code folder} durable; where the system cannot open a folder (Windows) it does so itself. */
    static void sync(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("A file stands in a folder.");
        }
        return parent;
    }

    static FileAttribute<?>[] owner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
