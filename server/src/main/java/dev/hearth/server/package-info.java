/**
 * The server: {@link dev.hearth.server.Main} starts it, {@link dev.hearth.server.Wiring} opens the library with what was
 * set, and {@link dev.hearth.server.RunningServer} puts the doors before it. Nothing knows it.
 */
@NullMarked
package dev.hearth.server;

import org.jspecify.annotations.NullMarked;
