package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys that the operator hands out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysTest {

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

    private Answer make(String body) {
        return server.post("/v1/keys", body);
    }

    private Answer as(String key, String method, String path) {
        return server.send(server.request(method, path)
                .header("Authorization", "Bearer " + key)
                .build());
    }

    @Test
    void aKeyIsToldOnceAndOpensWhatItsScopeSays() {
        Answer made = make("{\"name\":\"app\",\"scope\":\"app\",\"trusted\":true,\"default_user\":\"anna\"}");
        String secret = made.body().get("key").stringValue();

        assertThat(made.status()).isEqualTo(201);
        assertThat(server.get("/v1/keys").text()).contains("\"app\"", "anna").doesNotContain(secret);
        assertThat(as(secret, "GET", "/v1/companions").status()).isEqualTo(200);
        Answer refused = as(secret, "GET", "/v1/keys");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("scope app").contains("operator");
    }

    @Test
    void aChatKeyOpensNothingOfTheNativeApi() {
        String secret =
                make("{\"name\":\"chat\",\"scope\":\"chat\"}").body().get("key").stringValue();
        assertThat(as(secret, "GET", "/v1/companions").code()).isEqualTo("forbidden");
        assertThat(as(secret, "DELETE", "/v1/users/anna").code()).isEqualTo("forbidden");
        assertThat(as(secret, "GET", "/metrics").code()).isEqualTo("forbidden");
    }

    @Test
    void aDeletedKeyOpensNothing() {
        Answer made = make("{\"name\":\"gone\",\"scope\":\"app\"}");
        String secret = made.body().get("key").stringValue();
        assertThat(as(secret, "GET", "/v1/companions").status()).isEqualTo(200);

        String path = "/v1/keys/" + made.body().get("id").stringValue();
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(as(secret, "GET", "/v1/companions").code()).isEqualTo("unauthorized");
        assertThat(server.delete(path).code()).isEqualTo("not_found");
    }

    @Test
    void whatMakesNoKeyIsSaid() {
        assertThat(make("{\"scope\":\"app\"}").detail()).contains("name");
        assertThat(make("{\"name\":\"x\",\"scope\":\"god\"}").detail()).contains("chat, app");
        assertThat(make("{\"name\":\"x\",\"scope\":\"app\",\"default_user\":\"\"}")
                        .status())
                .isEqualTo(400);
    }
}
