package dev.hearth.store.sqlite;

/**
 * The bounds of a {@link SqliteWarmStore}.
 *
 * @param openFiles how many partitions are kept open at most; each takes up to 1 MB of cache and two file handles
 * @param lanes how many threads call SQLite, 1 to 256; a partition always has the same one
 * @param queue how many calls wait for one lane at most, before further ones are refused
 */
public record Sizing(int openFiles, int lanes, int queue) {

    /** For one server: 256 open partitions, 16 lanes, 256 waiting calls each. */
    public static final Sizing DEFAULT = new Sizing(256, 16, 256);

    public Sizing {
        if (lanes < 1 || lanes > 256 || openFiles < lanes || queue < 1) {
            throw new IllegalArgumentException(
                    "Sizing needs 1 to 256 lanes, an open file for each lane at least, and a queue of at least 1.");
        }
    }
}
