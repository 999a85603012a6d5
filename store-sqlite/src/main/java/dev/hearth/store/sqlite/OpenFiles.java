package dev.hearth.store.sqlite;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that one lane keeps open, the longest unused closed first. For that lane's thread alone. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    /** Something done with a partition's file. */
    @FunctionalInterface
    interface Use<T> {
        T with(PartitionFile file, long now) throws SQLException;
    }

    private final WarmFolder folder;
    private final Clock clock;
    private final List<String> pragmas;
    private final int most;
    private final Map<Partition, PartitionFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Partition unsettled;

    OpenFiles(WarmFolder folder, Clock clock, List<String> pragmas, int most) {
        this.folder = folder;
        this.clock = clock;
        this.pragmas = pragmas;
        this.most = most;
    }

    /** Uses the partition's file where it has one, else answers {@code absent}. */
    <T extends @Nullable Object> T read(Partition partition, T absent, Use<T> use) {
        return guarded(partition, () -> {
            PartitionFile file = find(partition);
            return file == null ? absent : use.with(file, now());
        });
    }

    /** Uses the partition's file, made where there is none. */
    <T> T write(Partition partition, Use<T> use) {
        return guarded(partition, () -> {
            PartitionFile file = find(partition);
            if (file == null) {
                folder.create(partition);
                return writeFirst(partition, use);
            }
            return writeTo(file, partition, use);
        });
    }

    /** A file made for a write that found no space goes again: nothing was written, so there is no partition. */
    private <T> T writeFirst(Partition partition, Use<T> use) throws SQLException, IOException {
        try {
            return writeTo(opened(partition), partition, use);
        } catch (SQLException failed) {
            if (Failures.of(failed, folder.file(partition)).kind() == StoreException.Kind.FULL) {
                close(partition);
                folder.delete(partition);
            }
            throw failed;
        }
    }

    private <T> T writeTo(PartitionFile file, Partition partition, Use<T> use) throws SQLException {
        T answer = use.with(file, now());
        unsettled = partition;
        return answer;
    }

    boolean has(Partition partition) {
        return guarded(partition, () -> open.containsKey(partition) || folder.has(partition));
    }

    long bytes(Partition partition) {
        return guarded(partition, () -> has(partition) ? folder.bytes(partition) : 0L);
    }

    /** Closes and deletes the partition's file; a damaged one too. */
    Removal drop(Partition partition) {
        return guarded(partition, () -> {
            long items = has(partition) ? countOrMinusOne(partition) : 0;
            long bytes = has(partition) ? folder.bytes(partition) : 0;
            close(partition);
            int files = folder.delete(partition);
            return new Removal(items < 0 ? files : items, bytes);
        });
    }

    /** What can wait until the caller has its answer; never throws. */
    void settle() {
        Partition written = unsettled;
        unsettled = null;
        PartitionFile file = written == null ? null : open.get(written);
        if (written != null && file != null) {
            try {
                file.settle(now());
                if (file.wasteful()) {
                    close(written);
                    PartitionFile.compact(folder.file(written));
                }
            } catch (SQLException | RuntimeException failed) {
                LOG.warn("Tidying {} failed; it is closed and opened again with its next use.", written, failed);
                close(written);
            }
        }
        while (open.size() > most) {
            close(open.keySet().iterator().next());
        }
    }

    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private @Nullable PartitionFile find(Partition partition) throws SQLException, IOException {
        PartitionFile file = open.get(partition);
        return file != null || !folder.has(partition) ? file : opened(partition);
    }

    private PartitionFile opened(Partition partition) throws SQLException, IOException {
        folder.requireComplete(partition);
        PartitionFile file = PartitionFile.open(folder.file(partition), pragmas);
        open.put(partition, file);
        return file;
    }

    private long countOrMinusOne(Partition partition) throws IOException {
        try {
            PartitionFile file = find(partition);
            return file == null ? 0 : file.count();
        } catch (SQLException | StoreException damaged) {
            return -1;
        }
    }

    private void close(Partition partition) {
        PartitionFile file = open.remove(partition);
        if (file != null) {
            try {
                file.close();
            } catch (SQLException failed) {
                LOG.warn("Closing {} failed; what was written is kept in its log.", partition, failed);
            }
        }
    }

    private long now() {
        return clock.now().toEpochMilli();
    }

    /** A file that failed is closed, so that its next use begins afresh: the driver ends statements that fail. */
    private <T extends @Nullable Object> T guarded(Partition partition, Guarded<T> work) {
        try {
            return work.run();
        } catch (SQLException failed) {
            close(partition);
            throw Failures.of(failed, folder.file(partition));
        } catch (IOException failed) {
            throw Failures.of(failed, folder.file(partition));
        } catch (ReadOnlyFileSystemException failed) {
            throw Failures.of(failed, folder.file(partition));
        }
    }

    @FunctionalInterface
    private interface Guarded<T extends @Nullable Object> {
        T run() throws SQLException, IOException;
    }
}
