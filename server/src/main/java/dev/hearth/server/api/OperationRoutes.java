package dev.hearth.server.api;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What who runs the server asks: is it alive, does it take work, what does it do. */
final class OperationRoutes {

    private final BooleanSupplier ready;
    private final Metrics metrics;

    OperationRoutes(BooleanSupplier ready, Metrics metrics) {
        this.ready = ready;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/health", Route.Access.OPEN, OperationRoutes::health),
                new Route(Method.GET, "/ready", Route.Access.OPEN, this::ready),
                new Route(Method.GET, "/metrics", Route.Access.KEY_UNLESS_LOCAL, this::metrics));
    }

    private static void health(Exchange exchange) {
        exchange.json(Json.object().put("status", "ok"));
    }

    private void ready(Exchange exchange) {
        if (!ready.getAsBoolean()) {
            throw new Problem(Code.OVERLOADED, "Hearth is starting or shutting down. Try again in a moment.");
        }
        exchange.json(Json.object().put("status", "ready"));
    }

    private void metrics(Exchange exchange) {
        exchange.plain(Metrics.CONTENT_TYPE, metrics.scrape());
    }
}
