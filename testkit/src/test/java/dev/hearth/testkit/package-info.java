/** The test kit held to its own contracts. */
@NullMarked
package dev.hearth.testkit;

import org.jspecify.annotations.NullMarked;
