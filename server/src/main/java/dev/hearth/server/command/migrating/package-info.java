/**
 * Moves what one configuration's stores hold to another's, as it is: sealed values, wrapped keys, the ledger of erasures.
 * It may be cut off anywhere and run again. Knows the {@code spi}, and nothing of what is kept or of who keeps it.
 */
@NullMarked
package dev.hearth.server.command.migrating;

import org.jspecify.annotations.NullMarked;
