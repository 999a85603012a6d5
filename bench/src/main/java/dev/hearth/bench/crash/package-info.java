/**
 * What survives {@code kill -9} and torn files: a real server is driven, killed, started again, and held against what
 * it had acknowledged.
 */
@NullMarked
package dev.hearth.bench.crash;

import org.jspecify.annotations.NullMarked;
