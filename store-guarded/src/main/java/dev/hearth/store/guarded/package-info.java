/**
 * Decorators for stores on servers: a circuit breaker before each, and a second request for a cold read that is slow.
 * They repeat nothing that failed: that is for the adapters, which alone know what may be repeated. Knows
 * {@code dev.hearth.spi} and no driver.
 */
@NullMarked
package dev.hearth.store.guarded;

import org.jspecify.annotations.NullMarked;
