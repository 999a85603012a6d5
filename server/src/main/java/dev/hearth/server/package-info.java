/**
 * The server: {@link dev.hearth.server.Main} starts it, {@link dev.hearth.server.Wiring} puts the parts together by
 * constructor calls. Knows every adapter; nothing knows it.
 */
@NullMarked
package dev.hearth.server;

import org.jspecify.annotations.NullMarked;
