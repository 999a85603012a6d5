/**
 * The native API under {@code /v1}: what each route takes, what it asks of the engine and what it answers. Knows the
 * engine's door and the http room; knows no store, no model and no web server.
 */
@NullMarked
package dev.hearth.server.api;

import org.jspecify.annotations.NullMarked;
