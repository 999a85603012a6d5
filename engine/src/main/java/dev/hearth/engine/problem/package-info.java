/**
 * What can be refused or fail, in words for people: the codes every face of Hearth shows. Knows no HTTP.
 */
@NullMarked
package dev.hearth.engine.problem;

import org.jspecify.annotations.NullMarked;
