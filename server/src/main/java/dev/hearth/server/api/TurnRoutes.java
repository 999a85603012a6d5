package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns: taking one, reading its ledger, and composing and recording one for who calls their own model. */
final class TurnRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRoutes.class);
    private static final int MAX_TOKEN = 8_192;

    private final Supplier<Engine> engine;
    private final Clock clock;
    private final TurnSlots slots;
    private final Metrics metrics;
    private final Duration beat;

    TurnRoutes(Supplier<Engine> engine, Clock clock, TurnSlots slots, Metrics metrics, Duration beat) {
        this.engine = engine;
        this.clock = clock;
        this.slots = slots;
        this.metrics = metrics;
        this.beat = beat;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.POST, "/v1/relationships/{rid}/messages", this::take),
                Route.keyed(Method.GET, "/v1/turns/{id}", this::trace),
                Route.keyed(Method.POST, "/v1/relationships/{rid}/context", this::context),
                Route.keyed(Method.POST, "/v1/relationships/{rid}/turns", this::record));
    }

    private void take(Exchange exchange) throws IOException {
        Stopwatch stopwatch = new Stopwatch(clock, metrics);
        String rid = Names.relationship(exchange);
        Fields fields = exchange.fields(Set.of("text", "time"));
        TurnRequest request = new TurnRequest(
                rid, fields.text("text"), fields.optionalTime("time", clock.now()), IdempotencyKeys.of(exchange));
        try (TurnSlots.Slot slot = slots.take();
                Presence presence = new Presence(exchange)) {
            if (exchange.accepts("text/event-stream")) {
                stream(exchange, request, stopwatch, presence);
            } else {
                TurnListener listener = event -> {
                    stopwatch.heard(event);
                    presence.during(event);
                };
                TurnResult result = run(request, listener, stopwatch);
                exchange.setHeader("Server-Timing", stopwatch.serverTiming());
                answer(exchange, result);
            }
        } catch (TurnListener.ClientGone gone) {
            LOG.debug("Request {}: the client left", exchange.requestId());
        }
    }

    private void stream(Exchange exchange, TurnRequest request, Stopwatch stopwatch, Presence presence) {
        try (TurnStream stream = new TurnStream(exchange, stopwatch, presence, beat)) {
            try {
                stream.finish(run(request, stream, stopwatch));
            } catch (TurnListener.ClientGone gone) {
                LOG.debug("Request {}: the client left the stream", exchange.requestId());
            } catch (RuntimeException failure) {
                if (!stream.begun()) {
                    throw failure;
                }
                if (presence.hasLeft()) {
                    return;
                }
                exchange.failed(failure);
                tell(stream, failure);
            }
        }
    }

    private static void tell(TurnStream stream, RuntimeException failure) {
        try {
            stream.fail(failure);
        } catch (TurnListener.ClientGone gone) {
            LOG.debug("The client left before it could be told of a problem");
        }
    }

    private TurnResult run(TurnRequest request, TurnListener listener, Stopwatch stopwatch) {
        String outcome = "internal";
        try {
            TurnResult result = engine.get().turns().take(request, listener);
            outcome = result.replayed() ? "replayed" : result.status().wire();
            return result;
        } catch (Problem problem) {
            outcome = problem.code().wire();
            throw problem;
        } catch (TurnListener.ClientGone gone) {
            outcome = "interrupted";
            throw gone;
        } finally {
            stopwatch.ended(outcome);
        }
    }

    private void trace(Exchange exchange) {
        exchange.json(Answers.trace(engine.get().turns().trace(exchange.path("id"))));
    }

    private void context(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Fields fields = exchange.fields(Set.of("text"));
        exchange.json(Answers.context(engine.get().turns().context(rid, fields.text("text"))));
    }

    private void record(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Fields fields = exchange.fields(Set.of("context_token", "text", "reply"));
        answer(
                exchange,
                engine.get()
                        .turns()
                        .record(
                                rid,
                                fields.line("context_token", MAX_TOKEN),
                                fields.text("text"),
                                fields.text("reply")));
    }

    private static void answer(Exchange exchange, TurnResult result) {
        if (result.replayed()) {
            exchange.setHeader("Idempotent-Replayed", "true");
        }
        exchange.json(Answers.turn(result));
    }
}
