/**
 * The web page: its files as they are written, served as they are. Knows nothing of the server and nothing of HTTP but
 * the files' media types; the page itself knows the native API only.
 */
@NullMarked
package dev.hearth.console;

import org.jspecify.annotations.NullMarked;
