/**
 * Keys that the operator hands out: what each may do and for whom it speaks. Knows no HTTP; who sends a key is not its
 * concern. The operator's own key is not here.
 */
@NullMarked
package dev.hearth.engine.access;

import org.jspecify.annotations.NullMarked;
