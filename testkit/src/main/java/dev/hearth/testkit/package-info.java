/**
 * What tests stand on: a clock moved by hand, stores in memory, a model that follows a script, a store that fails on
 * demand, and the contract suites that every adapter passes.
 *
 * <p>Published, so that whoever writes an adapter can hold it to the same contract. Knows {@code dev.hearth.spi} and
 * nothing else of Hearth. The stores in memory obey the contracts but keep nothing: they are for tests, not for a
 * server.
 */
@NullMarked
package dev.hearth.testkit;

import org.jspecify.annotations.NullMarked;
