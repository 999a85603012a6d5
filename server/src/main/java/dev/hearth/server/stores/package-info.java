/**
 * Opens the stores that an operator has chosen, in any mixture. The only place that knows the drivers of all of them; knows
 * nothing of what is kept in them.
 */
@NullMarked
package dev.hearth.server.stores;

import org.jspecify.annotations.NullMarked;
