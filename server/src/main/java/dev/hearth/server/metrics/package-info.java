/**
 * What the server counts and times, as Prometheus reads it. No user, no companion and no text is ever a label.
 */
@NullMarked
package dev.hearth.server.metrics;

import org.jspecify.annotations.NullMarked;
