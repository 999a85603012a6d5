package dev.hearth.client;

import dev.hearth.client.HearthUnreachable.Reason;
import dev.hearth.client.data.Reply;
import dev.hearth.client.data.Turn;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A turn as it happens. {@link #next} blocks until the next event and throws {@link HearthException} where the turn fails
 * on the way, and {@link HearthUnreachable} where the stream breaks off; what came of it then is answered to the same
 * message under {@link #idempotencyKey}.
 *
 * <p>For one thread. {@link #close} may be called by any thread: it closes the connection, and the server ends the turn
 * where it has not ended yet. Events behind a close are none.
 */
public final class TurnStream implements Iterator<TurnStreamEvent>, AutoCloseable {

    private final ServerSentEvents events;
    private final String idempotencyKey;
    private @Nullable TurnStreamEvent ahead;
    private boolean ended;

    TurnStream(Lines lines, String idempotencyKey) {
        this.events = new ServerSentEvents(lines);
        this.idempotencyKey = idempotencyKey;
    }

    /** The key that names this turn. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && !ended) {
            ahead = read();
        }
        return ahead != null;
    }

    @Override
    public TurnStreamEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The turn has ended.");
        }
        TurnStreamEvent event = java.util.Objects.requireNonNull(ahead);
        ahead = null;
        return event;
    }

    /** The next event, or null for one that says nothing to this client. */
    private @Nullable TurnStreamEvent read() {
        try {
            ServerSentEvents.Sent sent = events.next();
            if (sent != null) {
                return understood(sent);
            }
            throw new IOException("The stream ended.");
        } catch (IOException e) {
            ended = true;
            if (events.closed()) {
                return null;
            }
            close();
            throw new HearthUnreachable(
                    Reason.BROKEN,
                    "The stream broke off before the turn was completed. The same message under the idempotency key "
                            + idempotencyKey + " answers what came of it.",
                    e);
        }
    }

    private @Nullable TurnStreamEvent understood(ServerSentEvents.Sent sent) {
        return switch (sent.name()) {
            case "turn.started" -> Json.read(sent.data(), TurnStreamEvent.Started.class);
            case "context.ready" -> Json.read(sent.data(), TurnStreamEvent.ContextReady.class);
            case "message.delta" -> Json.read(sent.data(), TurnStreamEvent.Delta.class);
            case "message.completed" -> new TurnStreamEvent.MessageCompleted(Json.read(sent.data(), Reply.class));
            case "turn.completed" -> {
                Turn turn = Json.read(sent.data(), Turn.class);
                ended = true;
                close();
                yield new TurnStreamEvent.Completed(turn);
            }
            case "error" -> {
                ended = true;
                close();
                throw Problems.of(Json.read(sent.data(), JsonNode.class).path("problem"));
            }
            default -> null;
        };
    }

    @Override
    public void close() {
        events.close();
    }
}
