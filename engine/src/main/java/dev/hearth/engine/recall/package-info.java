/**
 * Ranking: which messages of one relationship answer a text. In memory, exact, no model call, no I/O. Knows texts,
 * vectors and times; knows no store, no partition and, of the engine, only the room of time expressions.
 */
@NullMarked
package dev.hearth.engine.recall;

import org.jspecify.annotations.NullMarked;
