@NullMarked
package dev.hearth.stack;

import org.jspecify.annotations.NullMarked;
