package dev.hearth.server.openai;

import dev.hearth.engine.Engine;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.Aside;
import dev.hearth.engine.turn.Framing;
import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.server.api.IdempotencyKeys;
import dev.hearth.server.api.Presence;
import dev.hearth.server.api.Stopwatch;
import dev.hearth.server.api.TurnSlots;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/chat/completions}. */
final class CompletionRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionRoutes.class);

    /** Clients send their whole history each time, with pictures in it. */
    private static final int MAX_BODY = 16 << 20;

    private static final String RECORD = "X-Companion-Record";
    private static final String STATELESS = ":stateless";

    private final Supplier<Engine> engine;
    private final Clock clock;
    private final TurnSlots slots;
    private final Metrics metrics;
    private final Duration beat;

    CompletionRoutes(Supplier<Engine> engine, Clock clock, TurnSlots slots, Metrics metrics, Duration beat) {
        this.engine = engine;
        this.clock = clock;
        this.slots = slots;
        this.metrics = metrics;
        this.beat = beat;
    }

    List<Route> routes() {
        return List.of(new Route(
                Method.POST, "/v1/chat/completions", Route.Access.CHAT_KEY, OpenAiProblems.SHAPE, this::complete));
    }

    /** One request with what was made of it. */
    private record Asked(
            Exchange exchange,
            CompletionRequest request,
            Purpose purpose,
            Companion companion,
            String user,
            Stopwatch stopwatch,
            Presence presence) {

        Completions completion(String id, Clock clock) {
            return new Completions("chatcmpl-" + id, clock.now(), request.model());
        }
    }

    private void complete(Exchange exchange) throws IOException {
        Stopwatch stopwatch = new Stopwatch(clock, metrics);
        CompletionRequest request = CompletionRequest.of(exchange.text(MAX_BODY));
        boolean stateless = request.model().endsWith(STATELESS);
        String model = stateless
                ? request.model().substring(0, request.model().length() - STATELESS.length())
                : request.model();
        Companion companion = ModelRoutes.companion(engine.get(), model);
        String user = Speaker.of(exchange.caller(), exchange.header(Speaker.HEADER), request.user());
        Purpose purpose = Purpose.of(request.messages());
        if (purpose == Purpose.TURN && (stateless || "false".equalsIgnoreCase(exchange.header(RECORD)))) {
            purpose = Purpose.UNRECORDED;
        }
        try (TurnSlots.Slot slot = slots.take();
                Presence presence = new Presence(exchange)) {
            Asked asked = new Asked(exchange, request, purpose, companion, user, stopwatch, presence);
            if (request.stream()) {
                stream(asked);
            } else {
                whole(asked);
            }
        } catch (TurnListener.ClientGone gone) {
            LOG.debug("Request {}: the client left", exchange.requestId());
        }
    }

    private void whole(Asked asked) {
        if (asked.purpose() != Purpose.TURN) {
            Aside aside = aside(asked, text -> asked.presence().speaking());
            asked.exchange()
                    .json(asked.completion(asked.exchange().requestId(), clock)
                            .whole(aside.text(), aside.finish(), aside.usage()));
            return;
        }
        TurnResult result = turn(asked, event -> asked.presence().during(event));
        asked.exchange().setHeader("Server-Timing", asked.stopwatch().serverTiming());
        asked.exchange()
                .json(asked.completion(result.turnId(), clock).whole(result.text(), result.finish(), result.usage()));
    }

    private void stream(Asked asked) {
        try (CompletionStream stream = new CompletionStream(asked.exchange(), asked.presence(), beat)) {
            try {
                if (asked.purpose() == Purpose.TURN) {
                    streamTurn(asked, stream);
                } else {
                    streamAside(asked, stream);
                }
            } catch (TurnListener.ClientGone gone) {
                throw gone;
            } catch (RuntimeException failure) {
                if (!stream.begun()) {
                    throw failure;
                }
                if (asked.presence().hasLeft()) {
                    return;
                }
                asked.exchange().failed(failure);
                stream.fail(failure);
            }
        }
    }

    private void streamTurn(Asked asked, CompletionStream stream) {
        // The id is known with the turn's first event, and every piece comes after that.
        Completions[] completion = new Completions[1];
        TurnResult result = turn(asked, event -> {
            asked.presence().during(event);
            switch (event) {
                case TurnEvent.Started(String turnId) -> completion[0] = asked.completion(turnId, clock);
                case TurnEvent.Delta(String text) -> stream.piece(completion[0], text);
                case TurnEvent.ContextReady ready -> {}
                case TurnEvent.MessageCompleted completed -> {}
                case TurnEvent.Completed completed -> {}
            }
        });
        if (asked.presence().hasLeft()) {
            return;
        }
        Completions told = asked.completion(result.turnId(), clock);
        if (!stream.begun()) {
            stream.piece(told, result.text());
        }
        stream.end(told, result.finish(), asked.request().usageInStream() ? result.usage() : null);
    }

    private void streamAside(Asked asked, CompletionStream stream) {
        Completions completion = asked.completion(asked.exchange().requestId(), clock);
        boolean errand = asked.purpose() == Purpose.ERRAND;
        Aside aside = aside(asked, text -> {
            asked.presence().speaking();
            if (!errand) {
                stream.piece(completion, text);
            }
        });
        if (errand) {
            stream.piece(completion, aside.text());
        }
        stream.end(completion, aside.finish(), asked.request().usageInStream() ? aside.usage() : null);
    }

    private TurnResult turn(Asked asked, TurnListener listener) {
        String text = asked.request().messages().text();
        if (text.isBlank()) {
            throw Refusal.invalid(
                    "/messages", "The last message holds no text. Companions read text, not pictures or files alone.");
        }
        Framing framing = new Framing(
                asked.request().messages().scene(),
                asked.request().messages().conversation(),
                asked.request().maxTokens());
        String key = IdempotencyKeys.of(asked.exchange());
        String outcome = "internal";
        try {
            TurnResult result = existing(
                    asked,
                    relationship -> engine.get()
                            .turns()
                            .take(new TurnRequest(relationship, text, null, key, framing), event -> {
                                asked.stopwatch().heard(event);
                                listener.on(event);
                            }));
            outcome = result.replayed() ? "replayed" : result.status().wire();
            return result;
        } catch (Problem problem) {
            outcome = problem.code().wire();
            throw problem;
        } finally {
            asked.stopwatch().ended(outcome);
        }
    }

    private Aside aside(Asked asked, Consumer<String> listener) {
        asked.presence().speaking();
        Framing framing = new Framing(
                asked.request().messages().scene(), null, asked.request().maxTokens());
        if (asked.purpose() == Purpose.ERRAND) {
            return Errand.done(engine.get(), asked.request().messages(), framing, listener);
        }
        String text = asked.request().messages().text();
        String nudge = text.isBlank() ? "[Go on with your last message.]" : text;
        return existing(
                asked,
                relationship -> engine.get()
                        .turns()
                        .unrecorded(new TurnRequest(relationship, nudge, null, null, framing), listener));
    }

    /** Works on the relationship, which is made where it is missing: a client only ever names the two. */
    private <T> T existing(Asked asked, Function<String, T> work) {
        String relationship = asked.companion().id() + ":" + asked.user();
        try {
            return work.apply(relationship);
        } catch (Problem problem) {
            if (problem.code() != Code.NOT_FOUND) {
                throw problem;
            }
        }
        engine.get().relationships().ensure(asked.companion().id(), asked.user());
        return work.apply(relationship);
    }
}
