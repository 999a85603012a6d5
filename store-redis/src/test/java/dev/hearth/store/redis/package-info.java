/** The hot store and leases on Redis held to their contracts against a real server, and to its death and stalls. */
@NullMarked
package dev.hearth.store.redis;

import org.jspecify.annotations.NullMarked;
