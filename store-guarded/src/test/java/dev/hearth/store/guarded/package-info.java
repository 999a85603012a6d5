@NullMarked
package dev.hearth.store.guarded;

import org.jspecify.annotations.NullMarked;
