package dev.hearth.store.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.OperatorKey;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WrappedKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys as files under {@code keys/} of the data folder: the operator's key, and one wrapped key per partition in
 * {@code wrapped/<two hex digits>/<partition>.key}. Files and folders are for their owner only.
 *
 * <p>Unwrapped keys are kept in a bounded cache, so a turn reads no file. A key file appears whole or not at all. A
 * destroyed one is renamed, overwritten, flushed and unlinked; what a copy-on-write disk or a snapshot keeps of it is out of
 * reach from here, and wrapped. For one process at a time.
 */
public final class FileKeys implements CopyableKeys {

    private static final int CACHED_KEYS = 10_000;
    private static final String SUFFIX = ".key";
    private static final String DOOMED = ".destroyed";

    private final Path root;
    private final OperatorKey operator;
    private final WrappedKey wrapped;
    private final Cache<Partition, PartitionKey> cache = Caffeine.newBuilder()
            .maximumSize(CACHED_KEYS)
            .executor(Runnable::run)
            .build();
    private volatile boolean closed;

    private FileKeys(Path root, OperatorKey operator) {
        this.root = root;
        this.operator = operator;
        this.wrapped = new WrappedKey(operator);
    }

    /**
     * Opens the keys of a data folder with the operator's key in {@code keys/operator.key}, made where there never
     * was one.
     *
     * @throws StoreException where the operator's key is missing, damaged or not the one used before
     */
    public static FileKeys open(Path dataFolder) {
        return opened(dataFolder, null);
    }

    /** As {@link #open(Path)}, with an operator's key of 32 bytes that is kept elsewhere and never written here. */
    public static FileKeys open(Path dataFolder, byte[] operatorKey) {
        return opened(dataFolder, operatorKey);
    }

    /**
     * The operator's key that a data folder keeps, made where there never was one: for keys that are kept elsewhere.
     *
     * @return 32 secret bytes
     * @throws StoreException where it is missing or damaged
     */
    public static byte[] operatorKey(Path dataFolder) {
        Path folder = dataFolder.resolve("keys");
        try {
            DurableFiles.createFolder(folder);
            return OperatorKeyFile.read(folder, folder.resolve("operator.check"));
        } catch (IOException failed) {
            throw Failures.of(failed, folder);
        }
    }

    private static FileKeys opened(Path dataFolder, byte @Nullable [] operatorKey) {
        Path folder = dataFolder.resolve("keys");
        try {
            DurableFiles.createFolder(folder.resolve("wrapped"));
            finishDestroying(folder.resolve("wrapped"));
            return new FileKeys(folder.resolve("wrapped"), OperatorKeyFile.open(folder, operatorKey));
        } catch (IOException failed) {
            throw Failures.of(failed, folder);
        }
    }

    @Override
    public byte[] derive(String purpose) {
        admit();
        return operator.forPurpose(purpose);
    }

    @Override
    public @Nullable PartitionKey find(Partition partition) {
        admit();
        PartitionKey cached = cache.getIfPresent(partition);
        return cached != null ? cached : cache.asMap().computeIfAbsent(partition, this::read);
    }

    /** Nobody else changes the folder. */
    @Override
    public @Nullable PartitionKey findNow(Partition partition) {
        return find(partition);
    }

    @Override
    public PartitionKey findOrCreate(Partition partition) {
        admit();
        PartitionKey cached = cache.getIfPresent(partition);
        return cached != null ? cached : cache.asMap().computeIfAbsent(partition, this::readOrCreate);
    }

    /** Done within the cache's own turn for this partition, so that no reader brings the key back. */
    @Override
    public boolean destroy(Partition partition) {
        admit();
        boolean[] was = new boolean[1];
        cache.asMap().compute(partition, (name, cached) -> {
            was[0] = destroyFile(file(name));
            return null;
        });
        return was[0];
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        Failures.admit(closed, "the keys", deadline);
        List<Partition> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    found.add(new Partition(name.substring(0, name.length() - SUFFIX.length())));
                }
            }
        } catch (IOException failed) {
            throw Failures.of(failed, root);
        }
        return found;
    }

    @Override
    public byte @Nullable [] wrapped(Partition partition) {
        admit();
        Path file = file(partition);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    @Override
    public boolean putWrapped(Partition partition, byte[] bytes) {
        admit();
        Path file = file(partition);
        PartitionKey ignored = wrapped.unwrap(partition, bytes, "of the partition " + partition);
        try {
            DurableFiles.createFolder(DurableFiles.parent(file));
            return DurableFiles.publishIfAbsent(file, bytes);
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    @Override
    public void close() {
        closed = true;
        cache.invalidateAll();
        operator.forget();
    }

    private void admit() {
        Failures.admit(closed, "the keys");
    }

    private @Nullable PartitionKey read(Partition partition) {
        Path file = file(partition);
        try {
            return wrapped.unwrap(partition, Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    private PartitionKey readOrCreate(Partition partition) {
        PartitionKey there = read(partition);
        if (there != null) {
            return there;
        }
        Path file = file(partition);
        PartitionKey made = wrapped.create();
        try {
            DurableFiles.createFolder(DurableFiles.parent(file));
            if (DurableFiles.publishIfAbsent(file, wrapped.wrap(partition, made))) {
                return made;
            }
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
        PartitionKey others = read(partition);
        if (others == null) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The key " + file + " came and went. Let one server at a time use this data folder.");
        }
        return others;
    }

    /**
     * First out of the way in one step, so that no crash leaves a key that is half there; then overwritten; then gone.
     * What a crash leaves of the later steps is finished at the next start.
     */
    private static boolean destroyFile(Path file) {
        Path doomed = file.resolveSibling(file.getFileName() + DOOMED);
        try {
            Files.move(file, doomed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.sync(DurableFiles.parent(file));
            finish(doomed);
            Files.deleteIfExists(DurableFiles.fresh(file));
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    private static void finish(Path doomed) throws IOException {
        try (FileChannel channel = FileChannel.open(doomed, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate((int) channel.size());
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        }
        DurableFiles.delete(doomed);
    }

    private static void finishDestroying(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(DOOMED)) {
                    finish(file);
                }
            }
        }
    }

    private Path file(Partition partition) {
        return HashedFolders.of(root, partition).resolve(partition.name() + SUFFIX);
    }
}
