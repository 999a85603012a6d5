/**
 * Measurements of Hearth: recall on public sets, speed, load, start, crashes. Nothing here ships with the server;
 * everything is driven through the engine's door or over HTTP, as an application would.
 */
@NullMarked
package dev.hearth.bench;

import org.jspecify.annotations.NullMarked;
