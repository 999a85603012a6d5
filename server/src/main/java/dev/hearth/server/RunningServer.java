package dev.hearth.server;

import dev.hearth.engine.Engine;
import dev.hearth.engine.extraction.Extraction;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.api.Api;
import dev.hearth.server.api.Feeds;
import dev.hearth.server.api.TurnSlots;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.Config;
import dev.hearth.server.http.EventStream;
import dev.hearth.server.http.Gate;
import dev.hearth.server.http.HttpServer;
import dev.hearth.server.http.Route;
import dev.hearth.server.mcp.McpRoutes;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.server.openai.OpenAi;
import dev.hearth.server.stores.Guarding;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that listens. It answers {@code /health} at once and {@code /ready} with 503 until an engine is given to it;
 * until then everything else is {@code overloaded}.
 */
public final class RunningServer implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final TurnSlots slots;
    private final Feeds feeds = new Feeds();
    private final Metrics metrics = new Metrics();
    private final McpRoutes mcp;
    private final HttpServer http;
    private volatile @Nullable Engine engine;

    private RunningServer(Config config, OperatorKey key, Clock clock, Duration beat, Duration feedBeat) {
        this.slots = new TurnSlots(config.maxTurnsInFlight());
        metrics.gauge("hearth.turns.in.flight", "Turns in flight", slots::inFlight);
        this.mcp = new McpRoutes(this::engine, clock, slots, metrics, config.replyTimeout());
        metrics.gauge("hearth.feeds.open", "Open event feeds", feeds::count);
        List<Route> routes = new ArrayList<>(Api.routes(
                this::engine, () -> engine != null && !slots.draining(), clock, slots, feeds, metrics, beat, feedBeat));
        routes.addAll(OpenAi.routes(this::engine, clock, slots, metrics, beat));
        routes.addAll(mcp.routes());
        Callers callers = new Callers(key, this::engine);
        this.http = new HttpServer(
                routes,
                new Gate(callers::of, Gate.isLoopback(config.host())),
                metrics::answered,
                new FailedRequests(clock));
    }

    /** Begins to listen. A port that is taken throws. */
    public static RunningServer listen(Config config, OperatorKey key, Clock clock) {
        return listen(config, key, clock, EventStream.BEAT, Feeds.BEAT);
    }

    /** As the other, with a beat of every event stream that a test need not wait long for. */
    static RunningServer listen(Config config, OperatorKey key, Clock clock, Duration beat) {
        return listen(config, key, clock, beat, beat);
    }

    private static RunningServer listen(Config config, OperatorKey key, Clock clock, Duration beat, Duration feedBeat) {
        RunningServer server = new RunningServer(config, key, clock, beat, feedBeat);
        server.http.start(config.host(), config.port());
        return server;
    }

    /** From here on the server is ready. The engine stays its opener's to close, after this server. */
    public void serve(Engine opened) {
        metrics.gauge(
                "hearth.relationships.resident",
                "Relationships held in memory",
                () -> opened.held().relationships());
        metrics.gauge(
                "hearth.relationships.resident.bytes",
                "What relationships held in memory take, about",
                () -> opened.held().bytes());
        extraction(opened.extraction());
        metrics.counter(
                "hearth.query.cache.hits",
                "Queries whose vectors were kept from a moment ago",
                () -> opened.queryCache().hits());
        metrics.counter(
                "hearth.query.cache.misses",
                "Queries whose vectors were made, where there is a query cache",
                () -> opened.queryCache().misses());
        engine = opened;
    }

    /** Measures how the guards of stores do that stand when this is called. */
    public void watch(Guarding guarding) {
        guarding.measure(metrics);
    }

    private void extraction(Extraction extraction) {
        metrics.gauge(
                "hearth.extraction.waiting",
                "Relationships that wait for extraction, or for their session to be over",
                extraction::waiting);
        metrics.counter(
                "hearth.extraction.calls",
                "Calls of the extraction model",
                () -> extraction.spent().calls());
        metrics.counter(
                "hearth.extraction.failures",
                "Calls of the extraction model that failed, or whose answer could not be read",
                () -> extraction.spent().failures());
        metrics.counter(
                "hearth.extraction.prompt.tokens",
                "Tokens that extraction read",
                () -> extraction.spent().promptTokens());
        metrics.counter(
                "hearth.extraction.completion.tokens",
                "Tokens that extraction wrote",
                () -> extraction.spent().completionTokens());
        metrics.counter(
                "hearth.extraction.cost.usd",
                "What extraction cost, in US dollars",
                () -> extraction.spent().costUsd());
    }

    public int port() {
        return http.port();
    }

    public List<Route> routes() {
        return http.routes();
    }

    private Engine engine() {
        Engine open = engine;
        if (open == null) {
            throw new Problem(Code.OVERLOADED, "Hearth is still starting. Try again in a moment.");
        }
        return open;
    }

    /** Ends event feeds, which clients resume elsewhere; takes no further turn, lets running ones end within ten seconds, then stops listening. */
    @Override
    public void close() {
        feeds.close();
        try {
            slots.drain(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mcp.close();
        http.close();
        metrics.close();
    }
}
