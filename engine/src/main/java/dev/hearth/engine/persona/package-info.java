/**
 * Who a companion is: its personality as its author wrote it, kept whole. Knows no user and no prompt.
 */
@NullMarked
package dev.hearth.engine.persona;

import org.jspecify.annotations.NullMarked;
