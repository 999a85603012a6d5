/**
 * Hearth as a library: one door that opens the engine on its parts, the embedded stores unless others are given, and closes
 * them again. The server opens the same door. Knows no HTTP, no command line and no configuration file.
 */
@NullMarked
package dev.hearth;

import org.jspecify.annotations.NullMarked;
