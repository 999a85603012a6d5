/** Whether remembered words can pass for instructions in a prompt. */
@NullMarked
package dev.hearth.bench.injection;

import org.jspecify.annotations.NullMarked;
