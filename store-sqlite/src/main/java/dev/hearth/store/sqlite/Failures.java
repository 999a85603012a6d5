package dev.hearth.store.sqlite;

import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite and the file system say, in the words of the contract. Names the opaque file, never a key or a value. */
final class Failures {

    private static final int PRIMARY_CODE = 0xff;

    private Failures() {}

    static StoreException of(SQLException failure, Path file) {
        int code = failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY_CODE : -1;
        String says = " (SQLite says: " + failure.getMessage() + ")";
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return full(file, failure);
        } else if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return readOnly(file, failure);
        } else if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return corrupt(file, says, failure);
        } else if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new StoreException(
                    Kind.UNAVAILABLE,
                    "Another program has the file " + file + " open. Close it and try again." + says,
                    failure);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                "The file " + file + " could not be read or written; a write may have happened. Check the disk." + says,
                failure);
    }

    static StoreException of(IOException failure, Path file) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return full(file, failure);
        }
        if (failure instanceof AccessDeniedException || message.contains("read-only")) {
            return readOnly(file, failure);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                "The file " + file + " could not be made, read or removed. Check the disk and the folder's owner. ("
                        + failure + ")",
                failure);
    }

    static StoreException of(ReadOnlyFileSystemException failure, Path file) {
        return readOnly(file, failure);
    }

    static StoreException corrupt(Path file, String detail, @Nullable Exception cause) {
        return new StoreException(
                Kind.CORRUPT,
                "The file " + file + " is damaged; other partitions are not affected. Restore it from a backup, "
                        + "or erase this user." + detail,
                cause);
    }

    private static StoreException full(Path file, Exception cause) {
        return new StoreException(
                Kind.FULL,
                "No space is left to write " + file + "; nothing was written. Free some space on its disk.",
                cause);
    }

    private static StoreException readOnly(Path file, Exception cause) {
        return new StoreException(
                Kind.READ_ONLY,
                "The file " + file + " may not be written; nothing was written. Give its folder to the user that runs "
                        + "the server, and check that the disk is not mounted read-only.",
                cause);
    }
}
