package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is remembered. */
final class MemoryRoutes {

    private static final int DEFAULT_LIMIT = 10;
    private static final List<String> KINDS = List.of("episodic", "semantic", "emotional");

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
                Route.keyed(Method.GET, "/v1/relationships/{rid}/memories", this::list),
                Route.keyed(Method.GET, "/v1/memories/{id}", this::get),
                Route.keyed(Method.PATCH, "/v1/memories/{id}", this::change),
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

    private void list(Exchange exchange) {
        String rid = Names.relationship(exchange);
        Paging paging = Paging.of(exchange, Set.of("kind", "pinned", "superseded"));
        String kind = paging.query().get("kind");
        if (kind != null && !KINDS.contains(kind)) {
            throw Refusal.invalid(
                    "kind", "The query parameter \"kind\" must be one of " + String.join(", ", KINDS) + ".");
        }
        MemoryFilter filter = new MemoryFilter(kind, truth(paging, "pinned"), truth(paging, "superseded"));
        exchange.json(Answers.page(
                engine.get().memories().list(rid, filter, paging.limit(), paging.cursor()), Answers::memory));
    }

    private static @Nullable Boolean truth(Paging paging, String name) {
        String value = paging.query().get(name);
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.invalid(name, "The query parameter \"" + name + "\" must be true or false.");
        };
    }

    /** Merge patch (RFC 7396): what is named is changed, the rest stays. */
    private void change(Exchange exchange) throws IOException {
        Fields fields = exchange.fields(Set.of("text", "pinned"));
        String id = exchange.path("id");
        String text = fields.has("text") ? fields.text("text") : null;
        Boolean pinned = fields.optionalBoolean("pinned");
        if (pinned == null && fields.has("pinned")) {
            pinned = false;
        }
        Etags.check(exchange, () -> stored(id));
        Etags.answer(exchange, Answers.memory(engine.get().memories().change(id, text, pinned)));
    }

    private void get(Exchange exchange) {
        Etags.answer(exchange, stored(exchange.path("id")));
    }

    private ObjectNode stored(String id) {
        return Answers.memory(engine.get().memories().get(id));
    }

    private void delete(Exchange exchange) {
        String id = exchange.path("id");
        String scope = exchange.query(Set.of("scope")).getOrDefault("scope", "memory");
        Forgetting.Extent extent = switch (scope) {
            case "memory" -> Forgetting.Extent.MEMORY;
            case "message" -> Forgetting.Extent.MESSAGE;
            default -> throw Refusal.invalid("scope", "The query parameter \"scope\" must be memory or message.");
        };
        Etags.check(exchange, () -> stored(id));
        engine.get().memories().delete(id, extent);
        exchange.noContent();
    }
}
