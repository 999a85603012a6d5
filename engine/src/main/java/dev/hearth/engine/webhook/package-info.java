/**
 * Webhooks: who wants to be told of which events, and telling them at least once, whatever stops in between. The rows
 * lie in the system partition and hold opaque ids only; what is sent is read from the user's partition when it is
 * sent. Knows the {@code event} room and no HTTP: a {@link dev.hearth.spi.Courier} goes out. Signatures follow the
 * Standard Webhooks specification 1.0.
 */
@NullMarked
package dev.hearth.engine.webhook;

import org.jspecify.annotations.NullMarked;
