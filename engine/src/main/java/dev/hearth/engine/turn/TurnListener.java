package dev.hearth.engine.turn;

/**
 * Follows a turn. Called on the thread that takes the turn, one event at a time. Throwing {@link ClientGone} tells
 * that nobody listens any more: the model's call is cancelled and the part of the reply that exists is kept as
 * interrupted.
 */
@FunctionalInterface
public interface TurnListener {

    void on(TurnEvent event);

    /** The listener's client has left. */
    final class ClientGone extends RuntimeException {
        public ClientGone(String message) {
            super(message);
        }
    }
}
