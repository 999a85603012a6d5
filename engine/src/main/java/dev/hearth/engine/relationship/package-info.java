/**
 * One companion with one user: its state, its messages in order, its import, the copies of it in memory and in the hot
 * store, and which tier holds what of it. The unit of order and version. Knows nothing of models and prompts.
 */
@NullMarked
package dev.hearth.engine.relationship;

import org.jspecify.annotations.NullMarked;
