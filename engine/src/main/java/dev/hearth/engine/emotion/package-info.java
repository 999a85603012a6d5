/**
 * What a companion feels. Neutral for now; a turn reads it through its real seam.
 */
@NullMarked
package dev.hearth.engine.emotion;

import org.jspecify.annotations.NullMarked;
