package dev.hearth.conversation;

import dev.hearth.client.data.Message;

/**
 * How a framework's messages are read and made. Safe for many threads.
 *
 * @param <M> the framework's message; its equality is that of what it holds
 */
public interface Speech<M> {

    Part read(M message);

    /** A message of Hearth's history, of the user's or the companion's role; {@link #read} tells it as remembered. */
    M remembered(Message message);
}
