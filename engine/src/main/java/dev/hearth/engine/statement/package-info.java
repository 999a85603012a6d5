/**
 * What one text says, as far as rules can tell: whether it says anything, whether two say the same, whether one is news
 * about what another said. English; pure functions of texts. Knows no other room.
 */
@NullMarked
package dev.hearth.engine.statement;

import org.jspecify.annotations.NullMarked;
