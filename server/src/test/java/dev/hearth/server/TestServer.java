package dev.hearth.server;

import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Route;
import dev.hearth.spi.Clock;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryHotStore;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryWarmStore;
import dev.hearth.testkit.ScriptedCourier;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real server on a free port, with the real engine on stores in memory and a model that follows a script. */
final class TestServer implements AutoCloseable {

    static final String KEY = "hk_test";
    private static final Duration BEAT = Duration.ofMillis(100);

    final ScriptedModel model = new ScriptedModel();
    final ScriptedModel extractor = new ScriptedModel();
    final ScriptedCourier courier = new ScriptedCourier();
    final FaultyWarmStore warm = new FaultyWarmStore(new MemoryWarmStore(Clock.system()));
    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningServer server;
    private final Engine engine;

    private TestServer(Map<ConfigKey, String> flags) {
        Clock clock = Clock.system();
        Config config = ConfigReader.read(null, Map.of(), flags);
        server = RunningServer.listen(config, OperatorKey.of(KEY), clock, BEAT);
        World world = new World(
                clock,
                new Random(1),
                warm,
                new MemoryHotStore(clock),
                new MemoryColdStore(),
                new MemoryKeys(1),
                new MemoryErasureLedger(),
                new HashEmbedder(),
                List.of(model),
                World.Extras.none().withCourier(courier).withExtractor(extractor));
        TurnLimits limits = new TurnLimits(
                Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20), TurnLimits.Price.UNKNOWN);
        engine = Engine.open(world, new Settings("default", Duration.ofMinutes(30), limits, 64L << 20));
    }

    static TestServer start() {
        return start(Map.of());
    }

    static TestServer start(Map<ConfigKey, String> flags) {
        TestServer started = notReady(flags);
        started.server.serve(started.engine);
        return started;
    }

    /** A server that listens and has no engine yet. */
    static TestServer notReady(Map<ConfigKey, String> flags) {
        Map<ConfigKey, String> all = new java.util.HashMap<>(flags);
        all.put(ConfigKey.PORT, "0");
        return new TestServer(all);
    }

    /** Extracts now what waits in a relationship. */
    int extract(String relationship) {
        return engine.extraction().extract(relationship);
    }

    List<Route> routes() {
        return server.routes();
    }

    int port() {
        return server.port();
    }

    /** A companion {@code aria} and a relationship with the user; answers the relationship's id. */
    String aria(String user) {
        put("/v1/companions/aria", "{\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\"]}}");
        return put("/v1/companions/aria/users/" + user, "")
                .ok()
                .body()
                .get("relationship_id")
                .stringValue();
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    Answer put(String path, String body, String... headers) {
        return call("PUT", path, body, headers);
    }

    Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Answer call(String method, String path, @Nullable String body, String... headers) {
        return send(request(method, path, headers)
                .header("Authorization", "Bearer " + KEY)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    /** A request without the key, to be finished. */
    HttpRequest.Builder request(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response, response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // The client's idle connections would hold up the server's orderly end.
        http.shutdownNow();
        server.close();
        engine.close();
    }

    /** What came back. */
    record Answer(int status, HttpResponse<String> response, String text) {

        JsonNode body() {
            return text.isEmpty() ? Json.object() : Json.parse(text);
        }

        String code() {
            return body().path("code").asString("");
        }

        String detail() {
            return body().path("detail").asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Answer ok() {
            if (status / 100 != 2) {
                throw new AssertionError("status " + status + ": " + text);
            }
            return this;
        }
    }
}
