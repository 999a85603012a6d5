/** Tests of the engine through its door, on the test kit's world. */
@NullMarked
package dev.hearth.engine;

import org.jspecify.annotations.NullMarked;
