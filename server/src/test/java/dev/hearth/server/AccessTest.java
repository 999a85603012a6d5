package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.http.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void end() {
        server.close();
    }

    private static String path(Route route) {
        return route.template()
                .replace("{slug}", "aria")
                .replace("{external_id}", "someone")
                .replace("{file}", "main.js")
                .replace("{rid}", "aria:someone")
                .replace("{id}", "x");
    }

    @Test
    void everyRouteButTheOpenOnesNeedsTheKey() {
        for (Route route : server.routes()) {
            for (String authorization : new String[] {"", "Bearer wrong", "Basic " + TestServer.KEY, "Bearer"}) {
                var request = server.request(route.method().name(), path(route));
                if (!authorization.isEmpty()) {
                    request.header("Authorization", authorization);
                }
                Answer answer = server.send(request.build());
                boolean open = route.template().equals("/health")
                        || route.template().equals("/ready")
                        || route.template().equals("/")
                        || route.template().equals("/console/{file}")
                        || (route.template().equals("/metrics") && authorization.isEmpty());
                if (open) {
                    assertThat(answer.status()).as(route.template()).isEqualTo(200);
                } else {
                    assertThat(answer.status()).as(route.template()).isEqualTo(401);
                    assertThat(answer.text()).contains("Authorization: Bearer");
                    assertThat(List.of(
                                    answer.code(),
                                    answer.body().at("/error/code").asString("")))
                            .containsAnyOf("unauthorized", "invalid_api_key");
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                }
                assertThat(answer.header("X-Request-Id")).isNotEmpty();
            }
        }
    }

    @Test
    void anUnknownPathIsNotFoundAndWithoutTheKeyNotToldApart() {
        assertThat(server.get("/v1/nothing").code()).isEqualTo("not_found");
        assertThat(server.send(server.request("GET", "/v1/nothing").build()).status())
                .isEqualTo(401);
    }

    @Test
    void aWrongMethodSaysWhichAreTaken() {
        Answer answer = server.post("/v1/users/someone", "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, PATCH, PUT");
    }

    @Test
    void aWebPageOfAnotherSiteIsRefused() {
        assertThat(server.call("GET", "/v1/companions", null, "Origin", "https://evil.example")
                        .code())
                .isEqualTo("forbidden");
        assertThat(server.call("GET", "/v1/companions", null, "Origin", "null").code())
                .isEqualTo("forbidden");
        assertThat(server.call("GET", "/v1/companions", null, "Origin", "http://localhost:3000")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void metricsAreNotForWhoComesThroughAProxy() {
        assertThat(server.send(server.request("GET", "/metrics", "X-Forwarded-For", "10.0.0.1")
                                .build())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aDecentRequestIdIsKept() {
        assertThat(server.call("GET", "/v1/companions", null, "X-Request-Id", "abc-1")
                        .header("X-Request-Id"))
                .isEqualTo("abc-1");
        assertThat(server.call("GET", "/v1/companions", null, "X-Request-Id", "a b<")
                        .header("X-Request-Id"))
                .startsWith("req_");
    }

    @Test
    void aServerWithoutAnEngineIsAliveAndNotReady() {
        try (TestServer starting = TestServer.notReady(Map.of())) {
            assertThat(starting.get("/health").status()).isEqualTo(200);
            assertThat(starting.get("/ready").status()).isEqualTo(503);
            Answer answer = starting.get("/v1/companions");
            assertThat(answer.code()).isEqualTo("overloaded");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        assertThat(server.get("/ready").status()).isEqualTo(200);
    }

    @Test
    void metricsNameRoutesAndNoUsers() {
        server.get("/v1/users/secret-user-name");
        String metrics = server.get("/metrics").text();
        assertThat(metrics).contains("http_server_requests_seconds_count").contains("/v1/users/{external_id}");
        assertThat(metrics).doesNotContain("secret-user-name");
    }

    @Test
    void moreTurnsThanConfiguredAreTurnedAway() throws Exception {
        try (TestServer small = TestServer.start(Map.of(ConfigKey.MAX_TURNS_IN_FLIGHT, "1"))) {
            String first = small.aria("one");
            String second = small.aria("two");
            var gate = new dev.hearth.testkit.Gate();
            small.model.then(dev.hearth.testkit.ScriptedModel.stall(gate, "Well"));
            Thread turn = Thread.startVirtualThread(
                    () -> small.post("/v1/relationships/" + first + "/messages", "{\"text\":\"hello\"}"));
            gate.awaitArrival();
            Answer answer = small.post("/v1/relationships/" + second + "/messages", "{\"text\":\"hello\"}");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("overloaded");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            gate.open();
            turn.join();
        }
    }
}
