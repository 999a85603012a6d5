/** Measures what recall loses where old memories are cold, and what waiting for the cold store costs. */
@NullMarked
package dev.hearth.bench.tiers;

import org.jspecify.annotations.NullMarked;
