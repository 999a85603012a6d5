/**
 * What every door of the engine answers with beside its own words: problems, in words for people and with the codes
 * that every face of Hearth shows, and pages of lists. Knows no HTTP.
 */
@NullMarked
package dev.hearth.engine.problem;

import org.jspecify.annotations.NullMarked;
