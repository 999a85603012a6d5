/**
 * What is remembered, as its owner sees it: search, read, delete; what of it matters, and what is brought in from the cold
 * store for a question. Ranking is in {@code recall}, the tiers themselves in {@code relationship}.
 */
@NullMarked
package dev.hearth.engine.memory;

import org.jspecify.annotations.NullMarked;
