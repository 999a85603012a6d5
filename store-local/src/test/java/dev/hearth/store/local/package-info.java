/** The local stores held to their contracts, and to crashes and wrong keys. */
@NullMarked
package dev.hearth.store.local;

import org.jspecify.annotations.NullMarked;
