/**
 * Everything of one user as one unit: opaque names and ids, sealed records, keys, erasure, and who
 * of several servers works on it. Knows bytes and users, and
 * neither what a turn is nor how anything is ranked.
 */
@NullMarked
package dev.hearth.engine.partition;

import org.jspecify.annotations.NullMarked;
