package dev.hearth.store.sqlite;

import dev.hearth.spi.Clock;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmLimits;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A warm store in a folder of this machine: one SQLite file per partition, under {@code warm/}.
 *
 * <ul>
 *   <li><b>Alone.</b> Holds the lock of the data folder until it is closed or the process ends.
 *   <li><b>Durable.</b> A write is flushed to the disk before it is answered. What a crash leaves behind is set right
 *       when the partition is next used; a damaged file is {@link StoreException.Kind#CORRUPT} for its partition only.
 *   <li><b>Threads.</b> Native calls run on the store's own platform threads, so callers may be virtual threads. One
 *       partition's calls are made one after the other. When too many wait, further ones are refused with
 *       {@link StoreException.Kind#UNAVAILABLE} before anything is done.
 *   <li><b>Expiry</b> is read from the clock given, to the millisecond. Expired items are removed little by little
 *       by later writes to their partition.
 *   <li><b>Deleted</b> content is overwritten in the file; the log may keep a copy until it is moved into the file.
 * </ul>
 */
public final class SqliteWarmStore implements CopyableWarmStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteWarmStore.class);
    private static final long CLOSE_MILLIS = 30_000;

    private final FolderLock lock;
    private final WarmFolder folder;
    private final List<Lane> lanes;
    private volatile boolean closed;

    private SqliteWarmStore(FolderLock lock, WarmFolder folder, List<Lane> lanes) {
        this.lock = lock;
        this.folder = folder;
        this.lanes = lanes;
    }

    /** Opens the store of a data folder with {@link Sizing#DEFAULT}. */
    public static SqliteWarmStore open(Path dataFolder, Clock clock) {
        return open(dataFolder, clock, Sizing.DEFAULT);
    }

    /**
     * Opens the store of a data folder, which is made where it is missing.
     *
     * @throws StoreException {@code UNAVAILABLE} where another server has the folder, {@code READ_ONLY} or
     *     {@code FULL} where it cannot be written
     */
    public static SqliteWarmStore open(Path dataFolder, Clock clock, Sizing sizing) {
        return open(dataFolder, clock, sizing, List.of());
    }

    static SqliteWarmStore open(Path dataFolder, Clock clock, Sizing sizing, List<String> pragmas) {
        try {
            DurableFiles.createFolder(dataFolder);
            FolderLock lock = FolderLock.take(dataFolder);
            try {
                WarmFolder folder = WarmFolder.open(dataFolder);
                List<Lane> lanes = new ArrayList<>();
                for (int i = 0; i < sizing.lanes(); i++) {
                    OpenFiles files = new OpenFiles(folder, clock, pragmas, sizing.openFiles() / sizing.lanes());
                    lanes.add(new Lane("hearth-warm-" + i, files, sizing.queue()));
                }
                lanes.forEach(Lane::start);
                return new SqliteWarmStore(lock, folder, List.copyOf(lanes));
            } catch (IOException | SQLException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw Failures.of(failed, dataFolder);
        } catch (SQLException failed) {
            throw Failures.of(failed, dataFolder);
        } catch (ReadOnlyFileSystemException failed) {
            throw Failures.of(failed, dataFolder);
        }
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        WarmLimits.check(key);
        return this.<@Nullable Item>on(
                partition,
                deadline,
                files -> files.<@Nullable Item>read(partition, null, (file, now) -> file.get(key, now)));
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        WarmLimits.checkAll(keys);
        return on(
                partition,
                deadline,
                files -> files.read(partition, List.of(), (file, now) -> {
                    List<Item> items = new ArrayList<>(keys.size());
                    for (String key : keys) {
                        Item item = file.get(key, now);
                        if (item != null) {
                            items.add(item);
                        }
                    }
                    return items;
                }));
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        return on(
                partition, deadline, files -> files.read(partition, List.of(), (file, now) -> file.range(range, now)));
    }

    @Override
    public List<Write.Operation.Put> copies(Partition partition, String after, int limit, Deadline deadline) {
        return on(
                partition,
                deadline,
                files -> files.read(partition, List.of(), (file, now) -> file.copies(after, limit, now)));
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        WarmLimits.check(write);
        return on(partition, deadline, files -> {
            if (!files.has(partition)) {
                for (Write.Condition condition : write.conditions()) {
                    if (condition instanceof Write.Condition.RevisionIs) {
                        return new WriteOutcome.Conflict(condition.key());
                    }
                }
            }
            return files.write(partition, (file, now) -> file.write(write, now));
        });
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        return on(partition, deadline, files -> files.has(partition));
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The warm store is closed.");
        }
        try {
            return folder.partitions(deadline);
        } catch (IOException failed) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "The warm store's folders cannot be listed: " + failed, failed);
        }
    }

    @Override
    public long bytes(Partition partition, Deadline deadline) {
        return on(partition, deadline, files -> files.bytes(partition));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return on(partition, deadline, files -> files.drop(partition));
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    /** Finishes the calls that run, refuses those that wait, closes every file, gives the folder back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        lanes.forEach(Lane::close);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        boolean interrupted = false;
        boolean ended = true;
        for (Lane lane : lanes) {
            try {
                ended &= lane.awaitEnd(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            } catch (InterruptedException again) {
                interrupted = true;
                ended = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            // The folder stays locked: another server beside a call that still runs could lose data.
            LOG.error("The warm store did not end in time; its data folder stays locked until the process ends.");
            return;
        }
        try {
            lock.close();
        } catch (IOException failed) {
            LOG.warn("The data folder's lock could not be released; it ends with the process.", failed);
        }
    }

    private <T extends @Nullable Object> T on(Partition partition, Deadline deadline, Function<OpenFiles, T> work) {
        return lanes.get(Math.floorMod(partition.name().hashCode(), lanes.size()))
                .call(partition, deadline, work);
    }
}
