/**
 * Work in parallel under one deadline, on virtual threads that end with their scope. Knows nothing else of Hearth but
 * the deadline.
 */
@NullMarked
package dev.hearth.engine.scope;

import org.jspecify.annotations.NullMarked;
