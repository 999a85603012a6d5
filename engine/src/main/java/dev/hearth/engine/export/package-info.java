/**
 * Everything about one user, to take away. Reads the other rooms; no room reads it.
 */
@NullMarked
package dev.hearth.engine.export;

import org.jspecify.annotations.NullMarked;
