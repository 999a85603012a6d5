/**
 * Microbenchmarks: how long one operation takes on one core. Knows the kernel and recall; starts no server.
 */
@NullMarked
package dev.hearth.bench.jmh;

import org.jspecify.annotations.NullMarked;
