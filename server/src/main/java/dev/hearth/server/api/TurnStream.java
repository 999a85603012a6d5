package dev.hearth.server.api;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.server.http.EventStream;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.HttpServer;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Problems;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A turn as server-sent events. The stream begins with the turn's first event, so that what is refused before it is an
 * ordinary problem.
 *
 * <p>A client that leaves is noticed by its connection, or by a write at the latest: see {@link Presence}.
 */
final class TurnStream implements TurnListener, AutoCloseable {

    private final Exchange exchange;
    private final Stopwatch stopwatch;
    private final Presence presence;
    private final Duration beat;
    private boolean ended;
    private @Nullable EventStream stream;

    TurnStream(Exchange exchange, Stopwatch stopwatch, Presence presence, Duration beat) {
        this.exchange = exchange;
        this.stopwatch = stopwatch;
        this.presence = presence;
        this.beat = beat;
    }

    boolean begun() {
        return stream != null;
    }

    @Override
    public void on(TurnEvent event) {
        stopwatch.heard(event);
        presence.during(event);
        switch (event) {
            case TurnEvent.Started(var turnId) ->
                send("turn.started", Json.object().put("turn_id", turnId));
            case TurnEvent.ContextReady(var recalled, var degraded) -> {
                ObjectNode data = Json.object();
                Answers.strings(data.putArray("recalled"), recalled);
                Answers.strings(data.putArray("degraded"), degraded);
                send("context.ready", data);
            }
            case TurnEvent.Delta(var text) ->
                send("message.delta", Json.object().put("text", text));
            case TurnEvent.MessageCompleted(var id, var text) -> send("message.completed", message(id, text));
            case TurnEvent.Completed(var result) -> completed(result);
        }
    }

    /** The end of a turn that told nothing on the way: it had ended before, and this is the retry. */
    void finish(TurnResult result) {
        if (ended || presence.hasLeft()) {
            return;
        }
        if (!begun()) {
            send("turn.started", Json.object().put("turn_id", result.turnId()));
            send("message.completed", message(result.messageId(), result.text()));
        }
        completed(result);
    }

    void fail(RuntimeException failure) {
        ObjectNode problem = failure instanceof Problem known
                ? Problems.body(known.code(), known.detail(), exchange.requestId())
                : Problems.body(Code.INTERNAL, HttpServer.INTERNAL, exchange.requestId());
        ObjectNode data = Json.object();
        data.set("problem", problem);
        send("error", data);
    }

    private void completed(TurnResult result) {
        ended = true;
        ObjectNode data = Answers.turn(result);
        data.put("replayed", result.replayed());
        send("turn.completed", data);
    }

    private static ObjectNode message(String id, String text) {
        return Json.object().put("id", id).put("text", text);
    }

    private void send(String event, ObjectNode data) {
        try {
            EventStream open = stream;
            if (open == null) {
                exchange.setHeader("Server-Timing", stopwatch.serverTiming());
                open = EventStream.open(exchange, beat, presence::left);
                stream = open;
            }
            open.send(event, data);
        } catch (IOException e) {
            presence.left();
            throw new ClientGone("The client left the stream.");
        }
    }

    @Override
    public void close() {
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
