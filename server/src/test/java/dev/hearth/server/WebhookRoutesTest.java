package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.http.Json;
import dev.hearth.testkit.ScriptedCourier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Webhooks over HTTP. */
final class WebhookRoutesTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aWebhookIsMadeToldChangedAndTakenAway() throws InterruptedException {
        TestServer.Answer made = server.post(
                "/v1/webhooks", "{\"url\":\"https://a.example/h\",\"events\":[\"turn.*\"],\"description\":\"Mine\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("secret").stringValue()).startsWith("whsec_");
        String path = "/v1/webhooks/" + made.body().get("id").stringValue();
        assertThat(server.get(path).ok().text()).doesNotContain("secret", "whsec_");
        assertThat(server.get("/v1/webhooks").ok().text()).doesNotContain("whsec_");

        String rid = server.aria("someone");
        JsonNode turn = server.post("/v1/relationships/" + rid + "/messages", "{\"text\":\"Hi.\"}")
                .ok()
                .body();
        ScriptedCourier.Post post = server.courier.await(1).getFirst();
        JsonNode body = Json.parse(post.body());
        assertThat(body.get("id").stringValue()).isEqualTo(post.id());
        assertThat(body.get("user").stringValue()).isEqualTo("someone");
        assertThat(body.get("data").get("turn_id")).isEqualTo(turn.get("turn_id"));
        JsonNode delivery =
                server.get(path + "/deliveries").ok().body().get("data").get(0);
        assertThat(delivery.get("event_id").stringValue()).isEqualTo(post.id());
        assertThat(delivery.get("relationship_id").stringValue()).isEqualTo(rid);
        assertThat(server.post(
                                path + "/deliveries:replay",
                                "{\"delivery_id\":\"" + delivery.get("id").stringValue() + "\"}")
                        .ok()
                        .body()
                        .get("replayed")
                        .isNumber())
                .isTrue();

        JsonNode changed = server.call("PATCH", path, "{\"status\":\"paused\",\"description\":null}")
                .ok()
                .body();
        assertThat(changed.get("status").stringValue()).isEqualTo("paused");
        assertThat(changed.get("description").isNull()).isTrue();
        assertThat(changed.get("url").stringValue()).isEqualTo("https://a.example/h");
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.get(path + "/deliveries").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":\"https://a.example/\"}",
                "{\"url\":\"https://a.example/\",\"events\":[]}",
                "{\"url\":\"https://a.example/\",\"events\":\"*\"}",
                "{\"url\":\"https://a.example/\",\"events\":[1]}",
                "{\"url\":\"https://a.example/\",\"events\":[\"nothing\"]}",
                "{\"url\":\"ftp://a.example/\",\"events\":[\"*\"]}",
                "{\"url\":\"https://a.example/\",\"events\":[\"*\"],\"secret\":\"x\"}"
            })
    void whatCannotBeAWebhookIsRefused(String body) {
        assertThat(server.post("/v1/webhooks", body).status()).isEqualTo(400);
    }

    @Test
    void askedForWhatIsNotThereItSaysSo() {
        String path = "/v1/webhooks/"
                + server.post("/v1/webhooks", "{\"url\":\"https://a.example/\",\"events\":[\"*\"]}")
                        .body()
                        .get("id")
                        .stringValue();
        assertThat(server.get("/v1/webhooks/whk_x").status()).isEqualTo(404);
        assertThat(server.get(path + "/deliveries?state=lost").status()).isEqualTo(400);
        assertThat(server.get(path + "/deliveries?cursor=x").status()).isEqualTo(400);
        assertThat(server.post(path + "/deliveries:replay", "{}").status()).isEqualTo(400);
        assertThat(server.post(path + "/deliveries:replay", "{\"state\":\"dead\",\"delivery_id\":\"dlv_x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.post(path + "/deliveries:replay", "{\"delivery_id\":\"dlv_x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.call("PATCH", path, "{\"status\":\"gone\"}").status()).isEqualTo(400);
    }
}
