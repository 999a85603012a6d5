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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A turn as server-sent events. The stream begins with the turn's first event, so that what is refused before it is an
 * ordinary problem.
 *
 * <p>When the client leaves, the next event tells the turn. While the model is silent there is no next event: then the
 * beat finds out and interrupts the turn's thread, between the composed prompt and the stored reply only.
 */
final class TurnStream implements TurnListener, AutoCloseable {

    private final Exchange exchange;
    private final Stopwatch stopwatch;
    private final Duration beat;
    private final Thread turn = Thread.currentThread();
    private final ReentrantLock phase = new ReentrantLock();
    private boolean speaking;
    private boolean left;
    private boolean ended;
    private @Nullable EventStream stream;

    TurnStream(Exchange exchange, Stopwatch stopwatch, Duration beat) {
        this.exchange = exchange;
        this.stopwatch = stopwatch;
        this.beat = beat;
    }

    boolean begun() {
        return stream != null;
    }

    boolean left() {
        phase.lock();
        try {
            return left;
        } finally {
            phase.unlock();
        }
    }

    @Override
    public void on(TurnEvent event) {
        stopwatch.heard(event);
        enter(event instanceof TurnEvent.ContextReady || event instanceof TurnEvent.Delta);
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
        if (ended || left()) {
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
                open = EventStream.open(exchange, beat, this::clientLeft);
                stream = open;
            }
            open.send(event, data);
        } catch (IOException e) {
            markLeft();
            throw new ClientGone("The client left the stream.");
        }
    }

    private void enter(boolean speakingNow) {
        phase.lock();
        try {
            speaking = speakingNow;
            if (left) {
                // The beat may have interrupted this thread just as the model spoke: that has been heard.
                Thread.interrupted();
                throw new ClientGone("The client left the stream.");
            }
        } finally {
            phase.unlock();
        }
    }

    private void clientLeft() {
        phase.lock();
        try {
            left = true;
            if (speaking) {
                turn.interrupt();
            }
        } finally {
            phase.unlock();
        }
    }

    private void markLeft() {
        phase.lock();
        try {
            left = true;
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
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
