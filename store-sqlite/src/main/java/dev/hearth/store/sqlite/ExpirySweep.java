package dev.hearth.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what has expired, a little with every write, without an index that every user would pay for: after a write
 * it looks at the next {@value #LOOK} items in key order, and the write after that removes what it found.
 */
final class ExpirySweep {

    private static final int LOOK = 32;

    private final PreparedStatement next;
    private final PreparedStatement remove;
    private final List<String> found = new ArrayList<>(LOOK);
    private String cursor = "";

    ExpirySweep(Connection connection) throws SQLException {
        next = connection.prepareStatement("SELECT key, expires FROM item WHERE key > ? ORDER BY key LIMIT " + LOOK);
        remove = connection.prepareStatement("DELETE FROM item WHERE key = ? AND expires <= ?");
    }

    /** Looks on from where it stopped; at the end it begins again. */
    void look(long now) throws SQLException {
        if (!found.isEmpty()) {
            return;
        }
        next.setString(1, cursor);
        int seen = 0;
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                seen++;
                cursor = row.getString(1);
                long expires = row.getLong(2);
                if (!row.wasNull() && expires <= now) {
                    found.add(cursor);
                }
            }
        }
        if (seen < LOOK) {
            cursor = "";
        }
    }

    /** Within a transaction: removes what was found, unless it has been written anew since. */
    void removeFound(long now) throws SQLException {
        for (String key : found) {
            remove.setString(1, key);
            remove.setLong(2, now);
            remove.execute();
        }
        found.clear();
    }
}
