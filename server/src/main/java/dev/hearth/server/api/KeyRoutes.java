package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.access.AccessKey;
import dev.hearth.engine.access.AccessKeys;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys that the operator hands out. */
final class KeyRoutes {

    private static final List<String> SCOPES = List.of("chat", "app");

    private final Supplier<Engine> engine;

    KeyRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.POST, "/v1/keys", Route.Access.OPERATOR_KEY, this::make),
                new Route(Method.GET, "/v1/keys", Route.Access.OPERATOR_KEY, this::list),
                new Route(Method.DELETE, "/v1/keys/{id}", Route.Access.OPERATOR_KEY, this::delete));
    }

    private void make(Exchange exchange) throws IOException {
        Fields fields = exchange.fields(Set.of("name", "scope", "trusted", "default_user"));
        Boolean trusted = fields.optionalBoolean("trusted");
        AccessKeys.Made made = engine.get()
                .accessKeys()
                .make(
                        fields.line("name", 200),
                        AccessKey.Scope.valueOf(fields.oneOf("scope", SCOPES).toUpperCase(Locale.ROOT)),
                        Boolean.TRUE.equals(trusted),
                        fields.has("default_user") ? fields.externalId("default_user") : null);
        exchange.json(201, shape(made.key()).put("key", made.secret()));
    }

    private void list(Exchange exchange) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        engine.get().accessKeys().list().stream()
                .sorted(Comparator.comparing(AccessKey::createdAt).thenComparing(AccessKey::id))
                .forEach(key -> data.add(shape(key)));
        body.putNull("next_cursor");
        exchange.json(body);
    }

    private void delete(Exchange exchange) {
        engine.get().accessKeys().delete(exchange.path("id"));
        exchange.noContent();
    }

    private static ObjectNode shape(AccessKey key) {
        ObjectNode body = Json.object();
        body.put("id", key.id());
        body.put("name", key.name());
        body.put("scope", key.scope().name().toLowerCase(Locale.ROOT));
        body.put("trusted", key.trusted());
        body.put("default_user", key.defaultUser());
        body.put("created_at", key.createdAt().toString());
        return body;
    }
}
