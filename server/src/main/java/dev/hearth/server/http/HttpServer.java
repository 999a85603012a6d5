package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: Javalin on virtual threads, our routes, our problems. Every answer carries {@code X-Request-Id}; every
 * failure is a problem, and its stack stays in the log.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final String ROUTE = "hearth.route";

    /** External ids may hold anything, so nothing in a path is ambiguous to us: we read it undecoded. */
    private static final UriCompliance ANY_PATH = UriCompliance.from(EnumSet.of(
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_PARAMETER,
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS,
            Violation.BAD_UTF8_ENCODING,
            Violation.TRUNCATED_UTF8_ENCODING,
            Violation.BAD_PERCENT_ENCODING));

    private final List<Route> routes;
    private final Gate gate;
    private final RequestLog log;
    private final FailureLog failures;
    private final DepartureWatch departures = new DepartureWatch();
    private final Javalin javalin;

    /** Hears of every request that was answered. */
    @FunctionalInterface
    public interface RequestLog {
        /**
         * Called after the answer.
         *
         * @param route the template, or {@code unmatched}
         */
        void answered(String method, String route, int status, Duration took);
    }

    /** Hears of every request that failed, however it is told to its client. */
    @FunctionalInterface
    public interface FailureLog {
        /**
         * Called before the client is told.
         *
         * @param route method and template, without anything of the client's
         */
        void failed(String requestId, String route, Exception failure);
    }

    public HttpServer(List<Route> routes, Gate gate, RequestLog log, FailureLog failures) {
        this.failures = failures;
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.log = log;
        this.javalin = Javalin.create(this::configure);
    }

    /** Begins to listen; port 0 takes a free one. A port that is taken throws Javalin's bind exception. */
    public void start(String host, int port) {
        javalin.start(host, port);
    }

    public int port() {
        return javalin.port();
    }

    public List<Route> routes() {
        return routes;
    }

    /** Stops listening and ends open connections. */
    @Override
    public void close() {
        javalin.stop();
        departures.close();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.ignoreTrailingSlashes = false;
        config.jetty.modifyServer(HttpServer::configureServer);
        config.jetty.modifyHttpConfiguration(HttpServer::configureHttp);
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.routes.before(context -> context.header(RequestIds.HEADER, Exchange.requestId(context)));
        // One before-filter decides for every route, so that a new one cannot be forgotten.
        config.routes.before(this::checkAccess);
        for (Route route : routes) {
            config.routes.addEndpoint(new Endpoint(
                    HandlerType.findOrCreate(route.method().name()), route.template(), context -> {
                        route.action().answer(new Exchange(context, route, departures, failures));
                        Body.finish(context);
                    }));
        }
        config.routes.exception(Exception.class, this::answerProblem);
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("A request failed", error);
            response.setStatus(500);
        });
        config.requestLogger.http((context, millis) -> {
            Route route = context.attribute(ROUTE);
            log.answered(
                    context.method().name(),
                    route == null ? "unmatched" : route.template(),
                    context.statusCode(),
                    Duration.ofNanos((long) (millis * 1e6)));
        });
    }

    private static void configureServer(Server server) {
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(2_000);
    }

    private static void configureHttp(HttpConfiguration http) {
        http.setUriCompliance(ANY_PATH);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
    }

    private void checkAccess(Context context) {
        Route route = find(context);
        if (route != null) {
            context.attribute(ROUTE, route);
        }
        // What is no route is not told apart from what is one without the key. Who may use a path may hear its methods.
        Route.Access access = route == null ? accessOfPath(context) : route.access();
        gate.check(new Exchange(context, route == null ? NOWHERE : route, departures, failures), access);
        if (route == null) {
            refuseUnknown(context);
        }
    }

    private static final Route NOWHERE = Route.keyed(Method.GET, "", exchange -> {});

    private @Nullable Route find(Context context) {
        for (Route route : routes) {
            if (route.method().name().equals(context.method().name()) && route.matches(context.path())) {
                return route;
            }
        }
        return null;
    }

    private Route.Access accessOfPath(Context context) {
        boolean anyKey = routes.stream()
                .filter(route -> route.matches(context.path()))
                .anyMatch(route -> route.access() == Route.Access.CHAT_KEY);
        return anyKey ? Route.Access.CHAT_KEY : Route.Access.KEY;
    }

    private void refuseUnknown(Context context) {
        String allowed = routes.stream()
                .filter(route -> route.matches(context.path()))
                .map(route -> route.method().name())
                .sorted()
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            throw new Refusal(
                    Code.NOT_FOUND,
                    null,
                    "There is nothing at this path. The paths are listed in docs/api/openapi.yaml.");
        }
        context.header("Allow", allowed);
        throw Refusal.withStatus(
                Code.INVALID_REQUEST,
                "The method " + Texts.shown(context.method().name(), 20) + " is not taken here; use " + allowed + ".",
                405);
    }

    private void answerProblem(Exception failure, Context context) {
        String requestId = Exchange.requestId(context);
        switch (failure) {
            case Refusal refusal ->
                write(context, refusal.code(), refusal.status(), refusal.detail(), refusal.pointer(), requestId);
            case Problem problem -> {
                failed(context, problem);
                write(context, problem.code(), Problems.status(problem.code()), problem.detail(), null, requestId);
            }
            case HttpResponseException refused ->
                write(
                        context,
                        refused.getStatus() == 404 ? Code.NOT_FOUND : Code.INVALID_REQUEST,
                        refused.getStatus(),
                        "The server does not take this request.",
                        null,
                        requestId);
            // The client left in the middle of its request or of its answer: nobody to tell.
            case IOException gone -> LOG.debug("Request {}: the client left", requestId);
            default -> {
                failed(context, failure);
                write(context, Code.INTERNAL, 500, INTERNAL, null, requestId);
            }
        }
    }

    private void failed(Context context, Exception failure) {
        Route route = context.attribute(ROUTE);
        failures.failed(Exchange.requestId(context), route == null ? "no route" : route.name(), failure);
    }

    /** What a client is told of a failure that is ours. */
    public static final String INTERNAL =
            "Something failed inside Hearth. The server's log has the details under this request_id.";

    private static void write(
            Context context, Code code, int status, String detail, @Nullable String pointer, String requestId) {
        if (context.res().isCommitted()) {
            return;
        }
        Body.finish(context);
        if (status == 401) {
            context.header("WWW-Authenticate", "Bearer realm=\"hearth\"");
        }
        int retryAfter = Problems.retryAfterSeconds(code);
        if (retryAfter > 0) {
            context.header("Retry-After", Integer.toString(retryAfter));
        }
        Route route = context.attribute(ROUTE);
        ProblemShape shape = route == null ? Problems.RFC_9457 : route.problems();
        context.status(status)
                .contentType(shape.contentType())
                .result(Json.bytes(shape.body(code, status, detail, pointer, requestId)));
        context.skipRemainingHandlers();
    }
}
