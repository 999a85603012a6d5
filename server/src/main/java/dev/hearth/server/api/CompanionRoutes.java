package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.persona.Personality;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Companions. */
final class CompanionRoutes {

    private static final Set<String> FIELDS = Set.of("name", "personality");
    private static final int MAX_NAME = 200;

    private final Supplier<Engine> engine;

    CompanionRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.GET, "/v1/companions", this::list),
                Route.keyed(Method.PUT, "/v1/companions/{slug}", this::put),
                Route.keyed(Method.GET, "/v1/companions/{slug}", this::get),
                Route.keyed(Method.DELETE, "/v1/companions/{slug}", this::delete));
    }

    private void list(Exchange exchange) {
        Paging paging = Paging.of(exchange, Set.of());
        exchange.json(
                Answers.page(engine.get().companions().list(paging.limit(), paging.cursor()), Answers::companion));
    }

    private void put(Exchange exchange) throws IOException {
        String slug = Names.newSlug(exchange);
        Fields fields = exchange.hasBodyType("application/yaml")
                ? Fields.of(YamlDocument.read(exchange.text(Exchange.MAX_BODY)), FIELDS)
                : exchange.fields(FIELDS);
        String name = fields.line("name", MAX_NAME);
        Personality personality = PersonalityDocument.read(fields.object("personality"));
        Etags.check(exchange, () -> stored(slug));
        Etags.answer(exchange, Answers.companion(engine.get().companions().put(slug, name, personality)));
    }

    private void get(Exchange exchange) {
        Etags.answer(exchange, stored(Names.slug(exchange)));
    }

    private void delete(Exchange exchange) {
        String slug = Names.slug(exchange);
        Etags.check(exchange, () -> stored(slug));
        engine.get().companions().delete(slug);
        exchange.noContent();
    }

    private ObjectNode stored(String slug) {
        return Answers.companion(engine.get().companions().get(slug));
    }
}
