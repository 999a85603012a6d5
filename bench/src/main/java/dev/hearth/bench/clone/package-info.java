/** How long a stranger takes from a clone of the project to its first remembered reply, by README alone. */
@NullMarked
package dev.hearth.bench.clone;

import org.jspecify.annotations.NullMarked;
