package dev.hearth.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Where the stack keeps what it has: {@code stack.yaml}, and the rest under {@code stack/}. Readable by its owner only. */
final class StackFolder {

    private final Path home;

    private StackFolder(Path home) {
        this.home = home;
    }

    static StackFolder at(Path home) {
        return new StackFolder(home.toAbsolutePath().normalize());
    }

    Path home() {
        return home;
    }

    /** What a server is started with. */
    Path configuration() {
        return home.resolve("stack.yaml");
    }

    /** A file or folder of the stack's own. */
    Path own(String name) {
        return home.resolve("stack").resolve(name);
    }

    boolean exists() {
        return Files.isDirectory(home.resolve("stack"));
    }

    /** Makes a folder of the stack's own, where there is none. */
    Path folder(String name) {
        Path folder = own(name);
        try {
            Files.createDirectories(folder, ownerOnly("rwx------"));
            return folder;
        } catch (IOException e) {
            throw new Refused("The folder " + folder + " cannot be made (" + e + "). Choose another with --data.", e);
        }
    }

    /** Writes a file that may hold a secret; whoever reads it sees the old or the new one. */
    void write(Path file, String text) {
        try {
            Path aside = Files.createTempFile(file.getParent(), ".", ".new", ownerOnly("rw-------"));
            Files.writeString(aside, text, StandardCharsets.UTF_8);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Refused(
                    "The file " + file + " cannot be written (" + e + "). Choose another folder with --data.", e);
        }
    }

    /** Held while something is started or stopped; refuses a second one at once. */
    FileChannel lock() {
        folder("");
        try {
            FileChannel channel = FileChannel.open(own("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tried(channel);
            if (lock == null) {
                channel.close();
                throw new Refused("Another hearth stack is at work on " + home + ". Wait until it has ended.");
            }
            return channel;
        } catch (IOException e) {
            throw new Refused("The file " + own("lock") + " cannot be used (" + e + ").", e);
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
