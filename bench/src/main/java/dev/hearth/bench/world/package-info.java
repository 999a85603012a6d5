/** A Hearth to measure: the engine on the embedded stores in this process, folders that go away, made-up talk. */
@NullMarked
package dev.hearth.bench.world;

import org.jspecify.annotations.NullMarked;
