/**
 * How much of what answers a question is recalled: public sets in, recall and intervals out. Goes through the engine's
 * own import and search. The sets are read from where {@code --data} says and are no part of Hearth.
 */
@NullMarked
package dev.hearth.bench.recall;

import org.jspecify.annotations.NullMarked;
