/**
 * One companion with one user: its state, its messages in order, its import, and the copy of it that is held in
 * memory. The unit of order and version. Knows nothing of models and prompts.
 */
@NullMarked
package dev.hearth.engine.relationship;

import org.jspecify.annotations.NullMarked;
