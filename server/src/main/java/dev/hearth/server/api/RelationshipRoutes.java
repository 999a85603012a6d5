package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import dev.hearth.spi.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Relationships: one companion with one user. */
final class RelationshipRoutes {

    private final Supplier<Engine> engine;
    private final Clock clock;

    RelationshipRoutes(Supplier<Engine> engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.PUT, "/v1/companions/{slug}/users/{external_id}", this::ensure),
                Route.keyed(Method.GET, "/v1/relationships/{rid}", this::get),
                Route.keyed(Method.DELETE, "/v1/relationships/{rid}", this::delete),
                Route.keyed(Method.GET, "/v1/relationships/{rid}/emotion", this::emotion),
                Route.keyed(Method.GET, "/v1/relationships/{rid}/storage", this::storage),
                Route.keyed(Method.POST, "/v1/relationships/{rid}/presence", this::presence));
    }

    private void ensure(Exchange exchange) {
        String slug = Names.slug(exchange);
        String externalId = Names.externalId(exchange);
        exchange.json(Answers.relationship(engine.get().relationships().ensure(slug, externalId)));
    }

    private void get(Exchange exchange) {
        String rid = Names.relationship(exchange);
        exchange.json(Answers.relationship(engine.get().relationships().get(rid)));
    }

    private void delete(Exchange exchange) {
        engine.get().relationships().delete(Names.relationship(exchange));
        exchange.noContent();
    }

    private void storage(Exchange exchange) {
        exchange.json(Answers.storage(engine.get().storages().of(Names.relationship(exchange))));
    }

    private void presence(Exchange exchange) {
        boolean ignored = engine.get().presence().appeared(Names.relationship(exchange));
        exchange.accepted();
    }

    private void emotion(Exchange exchange) {
        String id =
                engine.get().relationships().get(Names.relationship(exchange)).id();
        Instant now = clock.now();
        ObjectNode body = Json.object();
        body.put("relationship_id", id);
        body.put("expression", engine.get().feelings().at(now).expression());
        body.put("at", now.toString());
        exchange.json(body);
    }
}
