/** Trains the weights of recall from sets in the recall format, and tells how well they do on what they have not seen. */
@NullMarked
package dev.hearth.bench.train;

import org.jspecify.annotations.NullMarked;
