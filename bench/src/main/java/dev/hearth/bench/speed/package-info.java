/** How long one thing takes: a search, a turn, a start. One after the other, nothing beside it. */
@NullMarked
package dev.hearth.bench.speed;

import org.jspecify.annotations.NullMarked;
