package dev.hearth.engine.turn;

import org.jspecify.annotations.Nullable;

/** Turns. */
public interface Turns {

    /**
     * Takes one turn: blocks until it has ended, telling the listener what happens on the way. When this returns, the
     * turn is durable. Turns of one relationship are taken one at a time; a second waits, a third is refused with
     * {@code turn_in_progress}.
     */
    TurnResult take(TurnRequest request, TurnListener listener);

    /** The ledger of a turn of the last 30 days. */
    TurnTrace trace(String turnId);

    /** The prompt for a text, for an application that calls its own model. Stores nothing. */
    ComposedContext context(String relationship, String text);

    /** Records what came of a composed context. The same token is recorded once: again it answers the same turn. */
    TurnResult record(String relationship, String contextToken, String text, String reply, @Nullable String idempotencyKey);
}
