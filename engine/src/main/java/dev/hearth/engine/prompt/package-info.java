/**
 * The prompt: sections slowest-changing first, a token budget each, user text quoted as data. Pure functions.
 */
@NullMarked
package dev.hearth.engine.prompt;

import org.jspecify.annotations.NullMarked;
