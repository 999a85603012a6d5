package dev.hearth.server.openai;

import dev.hearth.engine.Engine;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models: every companion is one. */
final class ModelRoutes {

    private static final int PAGE = 200;
    private static final int MOST = 2_000;

    private final Supplier<Engine> engine;

    ModelRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/v1/models", Route.Access.CHAT_KEY, OpenAiProblems.SHAPE, this::list),
                new Route(Method.GET, "/v1/models/{id}", Route.Access.CHAT_KEY, OpenAiProblems.SHAPE, this::get));
    }

    private void list(Exchange exchange) {
        ObjectNode body = Json.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        @Nullable String cursor = null;
        do {
            Page<Companion> page = engine.get().companions().list(PAGE, cursor);
            page.data().forEach(companion -> data.add(shape(companion)));
            cursor = page.nextCursor();
        } while (cursor != null && data.size() < MOST);
        exchange.json(body);
    }

    private void get(Exchange exchange) {
        exchange.json(shape(companion(engine.get(), exchange.path("id"))));
    }

    /** The companion that a model's name means: its id, with or without {@code companion:} before it. */
    static Companion companion(Engine engine, String model) {
        String slug = model.startsWith("companion:") ? model.substring("companion:".length()) : model;
        try {
            return engine.companions().known(slug);
        } catch (Problem problem) {
            if (problem.code() == Code.NOT_FOUND) {
                throw new Refusal(
                        Code.NOT_FOUND,
                        "/model",
                        "There is no such model here: a model is a companion's id, and GET /v1/models lists them.");
            }
            throw problem;
        }
    }

    private static ObjectNode shape(Companion companion) {
        return Json.object()
                .put("id", companion.id())
                .put("object", "model")
                .put("created", companion.createdAt().getEpochSecond())
                .put("owned_by", "hearth")
                .put("name", companion.name());
    }
}
