package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.webhook.Delivery;
import dev.hearth.engine.webhook.Webhook;
import dev.hearth.engine.webhook.Webhooks;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks and what became of their messages. */
final class WebhookRoutes {

    private static final int MAX_URL = 2_000;
    private static final int MAX_DESCRIPTION = 200;
    private static final int MAX_PATTERNS = 20;
    private static final int MAX_ID = 64;

    private final Supplier<Engine> engine;

    WebhookRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                operator(Method.POST, "/v1/webhooks", this::create),
                operator(Method.GET, "/v1/webhooks", this::list),
                operator(Method.GET, "/v1/webhooks/{id}", this::get),
                operator(Method.PATCH, "/v1/webhooks/{id}", this::change),
                operator(Method.DELETE, "/v1/webhooks/{id}", this::delete),
                operator(Method.GET, "/v1/webhooks/{id}/deliveries", this::deliveries),
                operator(Method.POST, "/v1/webhooks/{id}/deliveries:replay", this::replay));
    }

    private static Route operator(Method method, String template, Route.Action action) {
        return new Route(method, template, Route.Access.OPERATOR_KEY, action);
    }

    private Webhooks webhooks() {
        return engine.get().webhooks();
    }

    private void create(Exchange exchange) throws IOException {
        Fields fields = exchange.fields(Set.of("url", "events", "description"));
        Webhooks.Created created = webhooks()
                .create(
                        fields.line("url", MAX_URL),
                        fields.lines("events", MAX_PATTERNS),
                        fields.optionalLine("description", MAX_DESCRIPTION));
        ObjectNode body = Answers.webhook(created.webhook());
        body.put("secret", created.secret());
        exchange.json(201, body);
    }

    private void list(Exchange exchange) {
        exchange.query(Set.of());
        exchange.json(Answers.page(new Page<>(webhooks().list(), null), Answers::webhook));
    }

    private void get(Exchange exchange) {
        exchange.json(Answers.webhook(webhooks().get(exchange.path("id"))));
    }

    /** Merge patch (RFC 7396): what is named is replaced, the description is taken away where it is null. */
    private void change(Exchange exchange) throws IOException {
        Fields fields = exchange.fields(Set.of("url", "events", "description", "status"));
        String description = fields.optionalLine("description", MAX_DESCRIPTION);
        String status = fields.has("status") ? fields.oneOf("status", List.of("active", "paused")) : null;
        exchange.json(Answers.webhook(webhooks()
                .change(
                        exchange.path("id"),
                        new Webhooks.Change(
                                fields.has("url") ? fields.line("url", MAX_URL) : null,
                                fields.has("events") ? fields.lines("events", MAX_PATTERNS) : null,
                                fields.has("description") && description == null ? "" : description,
                                status(status)))));
    }

    private static Webhook.@Nullable Status status(@Nullable String wire) {
        return wire == null ? null : wire.equals("active") ? Webhook.Status.ACTIVE : Webhook.Status.PAUSED;
    }

    private void delete(Exchange exchange) {
        webhooks().delete(exchange.path("id"));
        exchange.noContent();
    }

    private void deliveries(Exchange exchange) {
        Paging paging = Paging.of(exchange, Set.of("state"));
        String wire = paging.query().get("state");
        Delivery.State state = wire == null
                ? null
                : Delivery.State.ofWire(wire)
                        .orElseThrow(() -> Refusal.invalid(
                                "state", "The query parameter \"state\" must be pending, delivered or dead."));
        exchange.json(Answers.page(
                webhooks().deliveries(exchange.path("id"), state, paging.limit(), paging.cursor()), Answers::delivery));
    }

    private void replay(Exchange exchange) throws IOException {
        Fields fields = exchange.fields(Set.of("delivery_id", "state"));
        String delivery = fields.optionalLine("delivery_id", MAX_ID);
        String state = fields.optionalOneOf("state", List.of("dead"));
        if ((delivery == null) == (state == null)) {
            throw Refusal.invalid(null, "Send either delivery_id, or state with the value dead.");
        }
        int replayed = delivery != null
                ? webhooks().replay(exchange.path("id"), delivery)
                : webhooks().replayDead(exchange.path("id"));
        exchange.json(Json.object().put("replayed", replayed));
    }
}
