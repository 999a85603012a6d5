package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import java.util.List;
import java.util.function.Supplier;

/** Relationships: one companion with one user. */
final class RelationshipRoutes {

    private final Supplier<Engine> engine;

    RelationshipRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.PUT, "/v1/companions/{slug}/users/{external_id}", this::ensure),
                Route.keyed(Method.GET, "/v1/relationships/{rid}", this::get),
                Route.keyed(Method.DELETE, "/v1/relationships/{rid}", this::delete));
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
}
