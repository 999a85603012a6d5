/**
 * Vectors as rows of int8 and the exact scan over them, by the fastest kernel that this machine has. Knows numbers;
 * knows nothing of texts, of embedders, or of what a row stands for.
 */
@NullMarked
package dev.hearth.kernel.vector;

import org.jspecify.annotations.NullMarked;
