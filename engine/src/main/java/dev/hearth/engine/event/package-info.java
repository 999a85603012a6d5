/**
 * What happened in a relationship, told in order: reading events, waiting for the next, and their one JSON form. They
 * are written in the {@code relationship} room, in the write of the change that they tell of. Knows no turn, no
 * webhook and no HTTP.
 */
@NullMarked
package dev.hearth.engine.event;

import org.jspecify.annotations.NullMarked;
