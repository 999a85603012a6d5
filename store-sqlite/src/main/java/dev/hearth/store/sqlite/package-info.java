/**
 * The embedded warm store: one SQLite file per partition in hashed folders under {@code warm/} of the data folder.
 *
 * <p>Who does what: {@link dev.hearth.store.sqlite.SqliteWarmStore} refuses what is over the limits and finds the
 * partition's {@code Lane}, one platform thread that alone touches the files of its partitions ({@code OpenFiles}, a
 * {@code PartitionFile} each). So no file has two users, none is closed in use, and there is no lock around a
 * connection. {@code WarmFolder} knows names and durable creation, {@code FolderLock} keeps other servers out.
 *
 * <p>Knows {@code dev.hearth.spi} and SQLite, and nothing of what the items mean.
 */
@NullMarked
package dev.hearth.store.sqlite;

import org.jspecify.annotations.NullMarked;
