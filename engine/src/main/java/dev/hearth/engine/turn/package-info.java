/**
 * The life of a turn: admit, gather, compose, speak, commit, afterwards. Knows every other room and no HTTP.
 */
@NullMarked
package dev.hearth.engine.turn;

import org.jspecify.annotations.NullMarked;
