/** What a memory takes on disk, and what opening a relationship takes. */
@NullMarked
package dev.hearth.bench.storage;

import org.jspecify.annotations.NullMarked;
