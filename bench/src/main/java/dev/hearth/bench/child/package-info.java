/** The real server in a process of its own, on loopback, and a small client of its API. */
@NullMarked
package dev.hearth.bench.child;

import org.jspecify.annotations.NullMarked;
