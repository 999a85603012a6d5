/**
 * The hot store and leases on Redis, shared by the nodes of one Hearth.
 *
 * <p>Redis may be lost, flushed, stalled or restarted at any time: then Hearth is slower and never wrong. No call
 * waits beyond its deadline, none waits at all while Redis is known to be away, and the connection comes back by
 * itself. Knows {@code dev.hearth.spi} and nothing of what it keeps.
 */
@NullMarked
package dev.hearth.store.redis;

import org.jspecify.annotations.NullMarked;
