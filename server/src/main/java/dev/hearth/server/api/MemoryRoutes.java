package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
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

/** What is remembered. */
final class MemoryRoutes {

    private static final int DEFAULT_LIMIT = 10;

    private final Supplier<Engine> engine;
    private final Clock clock;
    private final Metrics metrics;

    MemoryRoutes(Supplier<Engine> engine, Clock clock, Metrics metrics) {
        this.engine = engine;
        this.clock = clock;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.POST, "/v1/relationships/{rid}/memories:search", this::search),
                Route.keyed(Method.POST, "/v1/relationships/{rid}/memories", this::remember),
                Route.keyed(Method.GET, "/v1/memories/{id}", this::get),
                Route.keyed(Method.PATCH, "/v1/memories/{id}", this::correct),
                Route.keyed(Method.DELETE, "/v1/memories/{id}", this::delete));
    }

    private void search(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Fields fields = exchange.fields(Set.of("query", "limit", "at", "deadline_ms"));
        Integer limit = fields.optionalInt("limit", 1, 100);
        Integer deadline = fields.optionalInt("deadline_ms", 1, 10_000);
        SearchRequest request = new SearchRequest(
                fields.text("query"),
                limit == null ? DEFAULT_LIMIT : limit,
                fields.optionalTime("at", clock.now()),
                deadline == null ? null : Duration.ofMillis(deadline));
        SearchResult result = engine.get().memories().search(rid, request);
        metrics.searched(result.took(), result.embedding());
        exchange.json(Answers.search(result));
    }

    private void remember(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Fields fields = exchange.fields(Set.of("text", "time", "external_id"));
        exchange.json(Answers.memory(engine.get()
                .memories()
                .remember(
                        rid,
                        fields.text("text"),
                        fields.optionalTime("time", clock.now()),
                        fields.optionalExternalId("external_id"))));
    }

    private void correct(Exchange exchange) throws IOException {
        String text = exchange.fields(Set.of("text")).text("text");
        exchange.json(Answers.memory(engine.get().memories().correct(exchange.path("id"), text)));
    }

    private void get(Exchange exchange) {
        exchange.json(Answers.memory(engine.get().memories().get(exchange.path("id"))));
    }

    private void delete(Exchange exchange) {
        engine.get().memories().delete(exchange.path("id"));
        exchange.noContent();
    }
}
