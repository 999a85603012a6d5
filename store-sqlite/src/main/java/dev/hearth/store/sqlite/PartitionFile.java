package dev.hearth.store.sqlite;

import dev.hearth.spi.Item;
import dev.hearth.spi.Range;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One partition's file, open: a connection with its statements prepared once. For one thread at a time.
 *
 * <p>Write-ahead log and {@code synchronous=FULL}: a commit is one flush of the log. Locking is exclusive, which saves
 * the shared-memory file. Times are milliseconds since 1970.
 */
final class PartitionFile implements AutoCloseable {

    private static final int FORMAT = 1;
    private static final int BUSY_MILLIS = 100;
    private static final long CHECKPOINT_BYTES = 512 * 1024;

    /** Of free pages it keeps fewer than so many, or less than one in so many of all. */
    private static final int FREE_PAGES = 8;

    private static final int FREE_SHARE = 8;
    static final int PAGE = 4096;
    private static final String LIVE = " AND (expires IS NULL OR expires > ?)";

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement get;
    private final PreparedStatement revision;
    private final PreparedStatement ascending;
    private final PreparedStatement descending;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final ExpirySweep sweep;
    private long logged;
    private boolean deleted;

    private PartitionFile(Connection connection) throws SQLException {
        this.connection = connection;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        get = connection.prepareStatement("SELECT revision, value FROM item WHERE key = ?" + LIVE);
        revision = connection.prepareStatement("SELECT revision FROM item WHERE key = ?" + LIVE);
        String range = "SELECT key, revision, value FROM item WHERE key >= ? AND key < ?" + LIVE + " ORDER BY key ";
        ascending = connection.prepareStatement(range + "ASC LIMIT ?");
        descending = connection.prepareStatement(range + "DESC LIMIT ?");
        put = connection.prepareStatement(
                "INSERT OR REPLACE INTO item (key, revision, expires, value) VALUES (?, ?, ?, ?)");
        delete = connection.prepareStatement("DELETE FROM item WHERE key = ?");
        sweep = new ExpirySweep(connection);
    }

    /** Makes a file without an item, of which the folder makes copies. Not durable. */
    static void makeEmpty(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        try (Connection connection = config.createConnection(url(file));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE);
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE item (key TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL,"
                    + " expires INTEGER, value BLOB NOT NULL) WITHOUT ROWID");
            statement.execute("PRAGMA user_version = " + FORMAT);
        }
    }

    /** Opens a file that exists; a log left by a crash is played in. {@code pragmas} are set last. */
    static PartitionFile open(Path file, List<String> pragmas) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection(url(file));
        try (Statement statement = connection.createStatement()) {
            // Before the first read: only then does the log need no shared memory.
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA secure_delete = ON");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA cache_size = -1024");
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
            try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
                if (version.next() && version.getInt(1) != FORMAT) {
                    throw new SQLException("the file has format " + version.getInt(1) + ", this server reads format "
                            + FORMAT + "; run the server that wrote it");
                }
            }
            return new PartitionFile(connection);
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    @Nullable
    Item get(String key, long now) throws SQLException {
        get.setString(1, key);
        get.setLong(2, now);
        try (ResultSet row = get.executeQuery()) {
            return row.next() ? new Item(key, row.getLong(1), bytes(row, 2)) : null;
        }
    }

    List<Item> range(Range range, long now) throws SQLException {
        PreparedStatement select = range.descending() ? descending : ascending;
        select.setString(1, range.from());
        select.setString(2, range.to());
        select.setLong(3, now);
        select.setInt(4, range.limit());
        List<Item> items = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                items.add(new Item(row.getString(1), row.getLong(2), bytes(row, 3)));
            }
        }
        return items;
    }

    /** Prepared when it is asked for: most files are never copied. */
    List<Write.Operation.Put> copies(String after, int limit, long now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT key, revision, value, expires FROM item WHERE key > ?" + LIVE + " ORDER BY key LIMIT ?")) {
            select.setString(1, after);
            select.setLong(2, now);
            select.setInt(3, limit);
            List<Write.Operation.Put> copies = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long expires = row.getLong(4);
                    Instant expiresAt = row.wasNull() ? null : Instant.ofEpochMilli(expires);
                    copies.add(new Write.Operation.Put(row.getString(1), row.getLong(2), bytes(row, 3), expiresAt));
                }
            }
            return copies;
        }
    }

    /** One transaction, flushed on return; rolled back where a condition fails or SQLite does. */
    WriteOutcome write(Write write, long now) throws SQLException {
        begin.execute();
        try {
            for (Write.Condition condition : write.conditions()) {
                if (!holds(condition, now)) {
                    rollback.execute();
                    return new WriteOutcome.Conflict(condition.key());
                }
            }
            sweep.removeFound(now);
            for (Write.Operation operation : write.operations()) {
                apply(operation);
            }
            commit.execute();
            return new WriteOutcome.Written();
        } catch (SQLException failed) {
            rollbackAfter(failed);
            throw failed;
        }
    }

    /** What may be done after a write has been answered: looks for expired items, moves the log into the file. */
    void settle(long now) throws SQLException {
        sweep.look(now);
        if (logged > CHECKPOINT_BYTES) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            logged = 0;
        }
    }

    /** Whether many of its pages are free since items were deleted. */
    boolean wasteful() throws SQLException {
        if (!deleted) {
            return false;
        }
        deleted = false;
        long free = pragma("freelist_count");
        return free >= FREE_PAGES && free * FREE_SHARE >= pragma("page_count");
    }

    /**
     * Writes a file that is closed anew without its free pages: some milliseconds for a megabyte. All or nothing, as any
     * write. On a connection of its own, since SQLite does this only where no statement was left open.
     */
    static void compact(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection(url(file));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute("VACUUM");
        }
    }

    private long pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** How many items there are, expired ones included. */
    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM item")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Moves the log into the file and removes it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private boolean holds(Write.Condition condition, long now) throws SQLException {
        revision.setString(1, condition.key());
        revision.setLong(2, now);
        try (ResultSet row = revision.executeQuery()) {
            boolean live = row.next();
            return switch (condition) {
                case Write.Condition.Absent ignored -> !live;
                case Write.Condition.RevisionIs is -> live && row.getLong(1) == is.revision();
            };
        }
    }

    private void apply(Write.Operation operation) throws SQLException {
        switch (operation) {
            case Write.Operation.Put item -> {
                put.setString(1, item.key());
                put.setLong(2, item.revision());
                if (item.expiresAt() == null) {
                    put.setNull(3, Types.INTEGER);
                } else {
                    put.setLong(3, millis(item.expiresAt()));
                }
                put.setBytes(4, item.value());
                put.execute();
                logged += item.value().length;
            }
            case Write.Operation.Delete item -> {
                delete.setString(1, item.key());
                delete.execute();
                deleted = true;
            }
        }
        logged += PAGE;
    }

    private void rollbackAfter(SQLException failed) {
        try {
            rollback.execute();
        } catch (SQLException again) {
            // After some failures SQLite has rolled back by itself.
            failed.addSuppressed(again);
        }
    }

    /** Rounded down: an item may end within its last millisecond and never after it. */
    private static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException farAway) {
            return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    private static String url(Path file) {
        // As a URI, because in a plain name everything after a question mark would be read as settings.
        return "jdbc:sqlite:file:" + file.toUri().getRawPath();
    }
}
