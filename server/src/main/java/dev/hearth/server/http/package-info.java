/**
 * HTTP itself: routes, strict bodies, problems, event streams. The only room that knows the web server underneath. Knows
 * no endpoint and nothing of companions.
 */
@NullMarked
package dev.hearth.server.http;

import org.jspecify.annotations.NullMarked;
