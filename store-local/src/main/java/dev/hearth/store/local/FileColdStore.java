package dev.hearth.store.local;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cold objects as files: {@code cold/<two hex digits>/<partition>/<name>.o}, with {@code +} for {@code /} in names.
 *
 * <p>An object appears whole or not at all: it is written beside its place, flushed, linked into place, and the
 * folder flushed. What a crash leaves beside a place is never listed. A deadline is looked at before a call begins;
 * the disk's own time cannot be cut short.
 */
public final class FileColdStore implements CopyableColdStore {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._/-]{1,200}");
    private static final String SUFFIX = ".o";
    private static final int STRIPES = 64;

    private final Path root;
    private final List<ReentrantLock> stripes;
    private volatile boolean closed;

    private FileColdStore(Path root) {
        this.root = root;
        List<ReentrantLock> locks = new ArrayList<>();
        for (int i = 0; i < STRIPES; i++) {
            locks.add(new ReentrantLock());
        }
        this.stripes = List.copyOf(locks);
    }

    /** Opens {@code cold/} of a data folder, making it where it is missing. */
    public static FileColdStore open(Path dataFolder) {
        Path root = dataFolder.resolve("cold");
        try {
            DurableFiles.createFolder(root);
        } catch (IOException failed) {
            throw Failures.of(failed, root);
        }
        return new FileColdStore(root);
    }

    @Override
    public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        Path file = file(partition, name);
        return changing(partition, deadline, file, () -> {
            DurableFiles.createFolder(folder(partition));
            return DurableFiles.publishIfAbsent(file, bytes);
        });
    }

    @Override
    public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        Path file = file(partition, name);
        admit(deadline);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    @Override
    public List<String> list(Partition partition, String prefix, Deadline deadline) {
        admit(deadline);
        List<String> names = new ArrayList<>();
        Path folder = folder(partition);
        try {
            for (Path file : files(folder)) {
                String stored = file.getFileName().toString();
                if (stored.endsWith(SUFFIX)) {
                    String name = stored.substring(0, stored.length() - SUFFIX.length())
                            .replace('+', '/');
                    if (name.startsWith(prefix)) {
                        names.add(name);
                    }
                }
            }
        } catch (IOException failed) {
            throw Failures.of(failed, folder);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        List<Partition> found = new ArrayList<>();
        try {
            for (Path hashed : files(root)) {
                for (Path folder : files(hashed)) {
                    admit(deadline);
                    if (files(folder).stream().anyMatch(file -> file.toString().endsWith(SUFFIX))) {
                        found.add(new Partition(folder.getFileName().toString()));
                    }
                }
            }
        } catch (IOException failed) {
            throw Failures.of(failed, root);
        }
        admit(deadline);
        return found;
    }

    @Override
    public void delete(Partition partition, String name, Deadline deadline) {
        Path file = file(partition, name);
        boolean ignored = changing(partition, deadline, file, () -> DurableFiles.delete(file));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        Path folder = folder(partition);
        return changing(partition, deadline, folder, () -> {
            Removal removal = Removal.NOTHING;
            for (Path file : files(folder)) {
                boolean object = file.getFileName().toString().endsWith(SUFFIX);
                long bytes = Files.size(file);
                Files.delete(file);
                removal = object ? removal.plus(new Removal(1, bytes)) : removal;
            }
            if (Files.deleteIfExists(folder)) {
                DurableFiles.sync(DurableFiles.parent(folder));
            }
            return removal;
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private void admit(Deadline deadline) {
        Failures.admit(closed, "the cold store", deadline);
    }

    /** One change of a partition at a time: a drop must not meet a put half done. */
    private <T> T changing(Partition partition, Deadline deadline, Path file, Change<T> change) {
        admit(deadline);
        ReentrantLock stripe = stripes.get(Math.floorMod(partition.name().hashCode(), STRIPES));
        stripe.lock();
        try {
            return change.make();
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        } finally {
            stripe.unlock();
        }
    }

    private Path folder(Partition partition) {
        return HashedFolders.of(root, partition).resolve(partition.name());
    }

    private Path file(Partition partition, String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException(
                    "An object's name is 1 to 200 characters of a-z, 0-9, '.', '_', '/' and '-', without '..'.");
        }
        return folder(partition).resolve(name.replace('/', '+') + SUFFIX);
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return files;
    }

    @FunctionalInterface
    private interface Change<T> {
        T make() throws IOException;
    }
}
