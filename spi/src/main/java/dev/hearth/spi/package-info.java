/**
 * What the engine asks of the world: stores, keys, an embedder, a chat model and a clock.
 *
 * <p>Each interface is small, is implemented by adapters that know this package and nothing else of Hearth, and is
 * held by a contract suite in {@code dev.hearth.testkit}. Calls block (they are made on virtual threads), take an
 * absolute {@link dev.hearth.spi.Deadline}, and fail with an exception that says what happened and where. Nothing
 * here knows what a companion, a memory or a turn is: stores see opaque partitions, opaque keys and sealed bytes.
 */
@NullMarked
package dev.hearth.spi;

import org.jspecify.annotations.NullMarked;
