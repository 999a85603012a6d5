package dev.hearth.server.api;

import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.server.http.ClientWatch;
import dev.hearth.server.http.Exchange;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the client that a turn is taken for is still there. When it leaves, the turn hears of it with its next event;
 * while the model is silent there is none, and then the turn's thread is interrupted: between the composed prompt and the
 * stored reply only, so that nothing but the model's call is cut off.
 *
 * <p>Made and closed on the turn's thread; {@link #left} may be called from any.
 */
public final class Presence implements AutoCloseable {

    private final Thread turn = Thread.currentThread();
    private final ReentrantLock phase = new ReentrantLock();
    private final ClientWatch watch;
    private boolean speaking;
    private boolean left;

    public Presence(Exchange exchange) {
        this.watch = exchange.watchClient(this::left);
    }

    /** The turn has come so far; throws where nobody waits for it any more. */
    public void during(TurnEvent event) {
        at(event instanceof TurnEvent.ContextReady || event instanceof TurnEvent.Delta);
    }

    /** The model is about to speak, or speaks, outside of a turn. */
    public void speaking() {
        at(true);
    }

    private void at(boolean speakingNow) {
        phase.lock();
        try {
            speaking = speakingNow;
            if (left) {
                // This thread may have been interrupted just as the model spoke: that has been heard.
                Thread.interrupted();
                throw new TurnListener.ClientGone("The client has left.");
            }
        } finally {
            phase.unlock();
        }
    }

    /** The client has left. */
    public void left() {
        phase.lock();
        try {
            left = true;
            if (speaking && Thread.currentThread() != turn) {
                turn.interrupt();
            }
        } finally {
            phase.unlock();
        }
    }

    public boolean hasLeft() {
        phase.lock();
        try {
            return left;
        } finally {
            phase.unlock();
        }
    }

    @Override
    public void close() {
        phase.lock();
        try {
            speaking = false;
            if (left) {
                Thread.interrupted();
            }
        } finally {
            phase.unlock();
        }
        // Not under the lock: the watch may be telling of the departure right now, and waits for it.
        watch.close();
    }
}
