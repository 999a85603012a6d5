/**
 * What is remembered, as its owner sees it: search, read, delete. Ranking is in {@code recall}.
 */
@NullMarked
package dev.hearth.engine.memory;

import org.jspecify.annotations.NullMarked;
