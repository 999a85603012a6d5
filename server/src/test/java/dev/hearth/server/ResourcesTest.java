package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.server.http.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Companions, users and relationships, kept and answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResourcesTest {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"core_traits\":\"warm\",\"style\":\"short\",\"example_lines\":\"Oh!\",\"backstory\":\"From afar.\\nLong ago.\"}",
                "{\"core_traits\":[\"a\",\"b\"],\"style\":[\"c\"],\"example_lines\":[\"d\",\"\"]}",
                "{\"style\":{\"pace\":\"slow\",\"emoji\":false,\"length\":1.50,\"x\":null},\"name\":\"A\"}",
                "{\"lore\":{\"deep\":[1,2.000,1e400,-0.0,12345678901234567890123]},\"core_traits\":null,\"\":{\"a/b~c\":\"\\u00e9\"}}"
            })
    void aPersonalityIsKeptWhole(String personality) {
        String body = "{\"name\":\"Aria\",\"personality\":" + personality + "}";
        JsonNode put = server.put("/v1/companions/whole", body).ok().body().get("personality");
        assertThat(Json.write(put)).isEqualTo(Json.write(Json.parse(personality)));
        assertThat(server.get("/v1/companions/whole").ok().body().get("personality"))
                .isEqualTo(put);
    }

    @Test
    void presenceIsTakenAtOnce() {
        String relationship = server.aria("present");
        Answer taken = server.post("/v1/relationships/" + relationship + "/presence", "");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(server.post("/v1/relationships/aria:present/presence", "").status())
                .isEqualTo(202);
        assertThat(server.post("/v1/relationships/aria:nobody/presence", "").status())
                .isEqualTo(202);
        assertThat(server.post("/v1/relationships/nothing/presence", "").status())
                .isEqualTo(404);
    }

    @Test
    void aCompanionMayBeWrittenInYaml() {
        String yaml = """
                name: Aria
                personality:
                  core_traits: [warm, "curious"]
                  backstory: |
                    Two lines
                    of it
                  born: 2001-02-03
                  style: {pace: slow, emoji: false, length: 3}
                """;
        JsonNode personality = server.put(
                        "/v1/companions/yaml", yaml, "Content-Type", "application/yaml; charset=utf-8")
                .ok()
                .body()
                .get("personality");
        assertThat(Json.write(personality))
                .isEqualTo("{\"core_traits\":[\"warm\",\"curious\"],\"backstory\":\"Two lines\\nof it\\n\","
                        + "\"born\":\"2001-02-03\",\"style\":{\"pace\":\"slow\",\"emoji\":false,\"length\":3}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: [",
                "name: A\nname: B",
                "name: A\npersonality: &a {x: *a}",
                "? [a]\n: b",
                "a: 1\n---\nb: 2",
                "name: A\npersonality: {x: .inf}",
                "",
                "name: A\npersonality: !!java.net.URL [x]"
            })
    void yamlThatCannotBeTaken(String yaml) {
        Answer answer = server.put("/v1/companions/yaml", yaml, "Content-Type", "application/yaml");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    }

    @Test
    void companionsAreListedPageByPageAndDeleted() {
        try (TestServer own = TestServer.start()) {
            for (String slug : List.of("b", "a", "c")) {
                own.put("/v1/companions/" + slug, "{\"name\":\"N\",\"personality\":{}}")
                        .ok();
            }
            JsonNode first = own.get("/v1/companions?limit=2").ok().body();
            assertThat(first.get("data").get(0).get("id").stringValue()).isEqualTo("a");
            assertThat(first.get("data").get(1).get("id").stringValue()).isEqualTo("b");
            String cursor = first.get("next_cursor").stringValue();
            JsonNode second =
                    own.get("/v1/companions?limit=2&cursor=" + cursor).ok().body();
            assertThat(second.get("data").get(0).get("id").stringValue()).isEqualTo("c");
            assertThat(second.get("next_cursor").isNull()).isTrue();
            assertThat(own.delete("/v1/companions/a").status()).isEqualTo(204);
            assertThat(own.get("/v1/companions/a").code()).isEqualTo("not_found");
        }
    }

    @Test
    void aUserIsPutPatchedAndErased() {
        String path = "/v1/users/patched";
        server.put(
                        path,
                        "{\"display_name\":\"Ann\",\"time_zone\":\"Europe/Paris\",\"plan\":\"plus\",\"outreach\":true}")
                .ok();
        JsonNode patched = server.call("PATCH", path, "{\"display_name\":null,\"locale\":\"fr\"}")
                .ok()
                .body();
        assertThat(patched.get("display_name").isNull()).isTrue();
        assertThat(patched.get("locale").stringValue()).isEqualTo("fr");
        assertThat(patched.get("plan").stringValue()).isEqualTo("plus");
        assertThat(patched.get("outreach").booleanValue()).isTrue();
        assertThat(patched.has("flags")).isFalse();
        JsonNode replaced = server.put(path, "{}").ok().body();
        assertThat(replaced.get("locale").isNull()).isTrue();
        assertThat(replaced.get("outreach").booleanValue()).isFalse();
        JsonNode receipt = server.delete(path).ok().body();
        assertThat(receipt.get("verified").booleanValue()).isTrue();
        assertThat(server.get(path).code()).isEqualTo("not_found");
        assertThat(server.call("PATCH", path, "{}").code()).isEqualTo("not_found");
    }

    @Test
    void anUnknownTimeZoneIsUtcAndFlagged() {
        JsonNode user = server.put("/v1/users/lost", "{\"time_zone\":\"Mars/Olympus\"}")
                .ok()
                .body();
        assertThat(user.get("time_zone").stringValue()).isEqualTo("UTC");
        assertThat(user.get("flags").get(0).stringValue()).isEqualTo("time_zone_unknown");
    }

    @Test
    void anEtagGuardsAgainstOverwriting() {
        String path = "/v1/users/tagged";
        String first = server.put(path, "{\"display_name\":\"a\"}").ok().header("ETag");
        assertThat(server.get(path).header("ETag")).isEqualTo(first);
        assertThat(server.put(path, "{\"display_name\":\"b\"}", "If-Match", first)
                        .status())
                .isEqualTo(200);
        Answer late = server.put(path, "{\"display_name\":\"c\"}", "If-Match", first);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("conflict");
        assertThat(server.get(path).body().get("display_name").stringValue()).isEqualTo("b");
        assertThat(server.call("PATCH", path, "{\"locale\":\"de\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRelationshipIsEnsuredOnceAndDeleted() {
        String rid = server.aria("ensured");
        assertThat(server.aria("ensured")).isEqualTo(rid);
        assertThat(server.get("/v1/relationships/" + rid)
                        .ok()
                        .body()
                        .get("user")
                        .stringValue())
                .isEqualTo("ensured");
        assertThat(server.delete("/v1/relationships/" + rid).status()).isEqualTo(204);
        assertThat(server.get("/v1/relationships/" + rid).code()).isEqualTo("not_found");
        assertThat(server.get("/v1/users/ensured").status()).isEqualTo(200);
    }
}
