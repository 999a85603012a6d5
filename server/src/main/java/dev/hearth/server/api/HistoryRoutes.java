package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.relationship.ImportResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import dev.hearth.spi.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What was said: reading it, and taking over what was said elsewhere. */
final class HistoryRoutes {

    private static final Set<String> ENTRY = Set.of("external_id", "role", "speaker", "session", "text", "time");
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_IMPORT_BYTES = 16 << 20;

    private final Supplier<Engine> engine;
    private final Clock clock;

    HistoryRoutes(Supplier<Engine> engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.GET, "/v1/relationships/{rid}/messages", this::list),
                Route.keyed(Method.POST, "/v1/relationships/{rid}/messages:import", this::takeOver));
    }

    private void list(Exchange exchange) {
        String rid = Names.relationship(exchange);
        Paging paging = Paging.of(exchange, Set.of("order"));
        String order = paging.query().getOrDefault("order", "asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Refusal.invalid("order", "The query parameter \"order\" must be asc or desc.");
        }
        exchange.json(Answers.page(
                engine.get().relationships().messages(rid, paging.limit(), paging.cursor(), order.equals("asc")),
                Answers::message));
    }

    private void takeOver(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Instant now = clock.now();
        List<Imported> messages =
                exchange.fields(MAX_IMPORT_BYTES, Set.of("messages")).list("messages", MAX_ENTRIES, ENTRY).stream()
                        .map(entry -> entry(entry, now))
                        .toList();
        ImportResult result = engine.get().relationships().importMessages(rid, messages);
        ObjectNode body = Json.object();
        body.put("imported", result.imported());
        body.put("duplicates", result.duplicates());
        exchange.json(body);
    }

    private static Imported entry(Fields entry, Instant now) {
        return new Imported(
                entry.externalId("external_id"),
                entry.oneOf("role", List.of("user", "companion")).equals("user")
                        ? Message.Role.USER
                        : Message.Role.COMPANION,
                entry.optionalLine("speaker", 200),
                entry.optionalLine("session", 256),
                entry.text("text"),
                entry.time("time", now));
    }
}
