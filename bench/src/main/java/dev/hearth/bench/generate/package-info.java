/** Sets for evaluation that are made here, by seed, from sentences written for this project. Knows nothing of Hearth. */
@NullMarked
package dev.hearth.bench.generate;

import org.jspecify.annotations.NullMarked;
