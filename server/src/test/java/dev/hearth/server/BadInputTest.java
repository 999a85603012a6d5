package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how it is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private String messages;

    @BeforeAll
    void start() {
        server = TestServer.start();
        messages = "/v1/relationships/" + server.aria("someone") + "/messages";
    }

    @AfterAll
    void end() {
        server.close();
    }

    static Stream<Arguments> messageBodies() {
        String future = Instant.now().plus(Duration.ofHours(1)).toString();
        return Stream.of(
                Arguments.of("", "invalid_request", "empty"),
                Arguments.of("{\"text\":", "invalid_request", "line 1, column"),
                Arguments.of("{\n  \"text\": \"a\",\n  oops}", "invalid_request", "line 3"),
                Arguments.of("{\"text\":\"a\"} {}", "invalid_request", "JSON"),
                Arguments.of("{\"text\":\"a\",\"text\":\"b\"}", "invalid_request", "Duplicate"),
                Arguments.of("[]", "invalid_request", "a list; expected an object"),
                Arguments.of("\"text\"", "invalid_request", "a string; expected an object"),
                Arguments.of("null", "invalid_request", "null; expected an object"),
                Arguments.of("{}", "invalid_request", "\"text\" is missing"),
                Arguments.of("{\"text\":null}", "invalid_request", "\"text\" is missing"),
                Arguments.of("{\"text\":5}", "invalid_request", "/text is the number 5; expected a string"),
                Arguments.of("{\"text\":[\"a\"]}", "invalid_request", "/text is a list; expected a string"),
                Arguments.of("{\"txet\":\"a\"}", "unknown_field", "\"txet\"; known here: text, time"),
                Arguments.of("{\"text\":\"\"}", "invalid_request", "empty"),
                Arguments.of("{\"text\":\" \\n\\t\"}", "invalid_request", "empty"),
                Arguments.of("{\"text\":\"" + "a".repeat(100_000) + "\"}", "too_large", "100000 characters"),
                Arguments.of("{\"text\":\"" + "a".repeat(32_769) + "\"}", "too_large", "32769 characters"),
                Arguments.of("{\"text\":\"a\\u0000b\"}", "invalid_request", "U+0000 at position 1"),
                Arguments.of("{\"text\":\"a\\u001bb\"}", "invalid_request", "U+001B"),
                Arguments.of("{\"text\":\"a\\u009bb\"}", "invalid_request", "U+009B"),
                Arguments.of("{\"text\":\"a\\ud800b\"}", "invalid_request", "surrogate"),
                Arguments.of("{\"text\":\"a\\ude00\"}", "invalid_request", "surrogate"),
                Arguments.of("{\"a\\ud800\":\"a\"}", "invalid_request", "surrogate"),
                Arguments.of(
                        "{\"text\":\"a\",\"time\":\"2026-05-01T10:00:00\"}", "invalid_request", "2026-05-01T10:00:00Z"),
                Arguments.of("{\"text\":\"a\",\"time\":\"2026-05-01\"}", "invalid_request", "RFC 3339"),
                Arguments.of("{\"text\":\"a\",\"time\":\"2026-02-30T10:00:00Z\"}", "invalid_request", "RFC 3339"),
                Arguments.of("{\"text\":\"a\",\"time\":1714557600}", "invalid_request", "expected a string"),
                Arguments.of("{\"text\":\"a\",\"time\":\"" + future + "\"}", "invalid_request", "future"));
    }

    @ParameterizedTest
    @MethodSource("messageBodies")
    void aMessageThatCannotBeTaken(String body, String code, String told) {
        Answer answer = server.post(messages, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code.equals("too_large") ? 413 : 400);
        assertThat(answer.detail()).contains(told);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body().get("request_id").stringValue()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("at dev.hearth");
    }

    @Test
    void theLongestTextIsTaken() {
        assertThat(server.post(messages, "{\"text\":\"" + "a ".repeat(16_384) + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void lineBreaksTabsAndEmojiAreTaken() {
        assertThat(server.post(messages, "{\"text\":\"a\\r\\n\\tb \\ud83d\\ude00\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c3", "\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080"})
    void bytesThatAreNoUtf8(String bytes) {
        byte[] body = ("{\"text\":\"a" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = server.send(server.request("POST", messages)
                .header("Authorization", "Bearer " + TestServer.KEY)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.detail()).contains("UTF-8");
    }

    @Test
    void aBodyOverTheBoundIsToldAndNotCutOff() {
        Answer answer = server.post(messages, "{\"text\":\"" + "a".repeat(3_000_000) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too_large");
    }

    @Test
    void aCompressedBody() {
        assertThat(server.post(messages, "{}", "Content-Encoding", "gzip").detail())
                .contains("Compressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rel_nothing", "nothing", "aria:nobody", "nobody:someone", "No Slug:x", "rel_"})
    void aRelationshipThatIsNone(String rid) {
        String path = "/v1/relationships/" + rid.replace(" ", "%20");
        assertThat(server.get(path).code()).isEqualTo("not_found");
        assertThat(server.post(path + "/messages", "{\"text\":\"a\"}").code()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/turns/trn_x",
                "/v1/turns/x",
                "/v1/memories/mem_x",
                "/v1/memories/x%2Fy",
                "/v1/users/nobody",
                "/v1/companions/nobody",
                "/v1/companions/No%20Slug",
                "/v1/users/nobody/export"
            })
    void somethingThatIsNone(String path) {
        Answer answer = server.get(path);
        assertThat(answer.code()).as(answer.text()).isEqualTo("not_found");
        assertThat(answer.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "a%00b", "a%0Ab"})
    void anExternalIdThatIsNoText(String id) {
        assertThat(server.put("/v1/users/" + id, "{}").code()).isEqualTo("invalid_request");
    }

    @Test
    void anExternalIdOfTooManyBytes() {
        assertThat(server.put("/v1/users/" + "x".repeat(256), "{}").status()).isEqualTo(200);
        Answer answer = server.put("/v1/users/" + "x".repeat(257), "{}");
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.detail()).contains("257 bytes");
        assertThat(server.put("/v1/users/" + "%F0%9F%98%80".repeat(64), "{}").status())
                .isEqualTo(200);
        assertThat(server.put("/v1/users/" + "%F0%9F%98%80".repeat(65), "{}").code())
                .isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "limit=1&limit=2", "order=up", "cursor=%21%21"})
    void aListAskedForWrongly(String query) {
        assertThat(server.get(messages + "?" + query).code()).isEqualTo("invalid_request");
    }

    @Test
    void anUnknownParameter() {
        assertThat(server.get(messages + "?limt=5").code()).isEqualTo("unknown_field");
    }

    @Test
    void anIdempotencyKeyThatIsNone() {
        assertThat(server.post(messages, "{\"text\":\"a\"}", "Idempotency-Key", "x".repeat(256))
                        .code())
                .isEqualTo("invalid_request");
    }

    static Stream<Arguments> imports() {
        String good = "\"external_id\":\"1\",\"role\":\"user\",\"text\":\"a\",\"time\":\"2026-01-01T00:00:00Z\"";
        return Stream.of(
                Arguments.of("{" + good.replace("user", "assistant") + "}", "/messages/0/role"),
                Arguments.of("{" + good.replace("Z", "") + "}", "/messages/0/time"),
                Arguments.of("{" + good + ",\"mood\":1}", "/messages/0/mood"),
                Arguments.of("{" + good.replace("\"a\"", "\"\"") + "}", "/messages/0/text"),
                Arguments.of("{" + good.replace("\"1\"", "\"\"") + "}", "/messages/0/external_id"),
                Arguments.of("{" + good.replace("\"1\"", "1") + "}", "/messages/0/external_id"),
                Arguments.of("5", "/messages/0"));
    }

    @ParameterizedTest
    @MethodSource("imports")
    void anImportThatCannotBeTakenNamesTheMessage(String message, String pointer) {
        Answer answer = server.post(messages + ":import", "{\"messages\":[" + message + "]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().get("errors").get(0).get("pointer").stringValue())
                .isEqualTo(pointer);
    }

    @Test
    void anImportOfTooManyMessages() {
        String one = "{\"external_id\":\"1\",\"role\":\"user\",\"text\":\"a\",\"time\":\"2026-01-01T00:00:00Z\"}";
        Answer answer = server.post(messages + ":import", "{\"messages\":[" + (one + ",").repeat(1_000) + one + "]}");
        assertThat(answer.code()).isEqualTo("too_large");
        assertThat(answer.detail()).contains("1001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"\"}",
                "{\"query\":\"a\",\"limit\":0}",
                "{\"query\":\"a\",\"limit\":101}",
                "{\"query\":\"a\",\"limit\":1.5}",
                "{\"query\":\"a\",\"limit\":\"5\"}",
                "{\"query\":\"a\",\"deadline_ms\":0}",
                "{\"query\":\"a\",\"at\":\"yesterday\"}"
            })
    void aSearchThatCannotBeMade(String body) {
        String search = messages.replace("/messages", "/memories:search");
        assertThat(server.post(search, body).code()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"A\"}",
                "{\"personality\":{}}",
                "{\"name\":\"\",\"personality\":{}}",
                "{\"name\":\"A\\nB\",\"personality\":{}}",
                "{\"name\":\"A\",\"personality\":[]}",
                "{\"name\":\"A\",\"personality\":{\"core_traits\":5}}",
                "{\"name\":\"A\",\"personality\":{\"core_traits\":[5]}}",
                "{\"name\":\"A\",\"personality\":{\"style\":{\"a\":[]}}}",
                "{\"name\":\"A\",\"personality\":{\"backstory\":[]}}",
                "{\"name\":\"A\",\"personality\":{\"x\":\"\\u0000\"}}"
            })
    void aCompanionThatCannotBeMade(String body) {
        assertThat(server.put("/v1/companions/other", body).code()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Aria", "a%2Fb", "a.b", "%C3%A9"})
    void aSlugThatIsNone(String slug) {
        assertThat(server.put("/v1/companions/" + slug, "{\"name\":\"A\",\"personality\":{}}")
                        .code())
                .isEqualTo("invalid_request");
    }

    @Test
    void aPersonalityThatIsTooLarge() {
        String body = "{\"name\":\"A\",\"personality\":{\"lore\":\"" + "x".repeat(66_000) + "\"}}";
        assertThat(server.put("/v1/companions/other", body).code()).isEqualTo("too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"plan\":\"gold\"}", "{\"outreach\":\"yes\"}", "{\"display_name\":5}", "{\"locale\":\"\"}"})
    void aUserThatCannotBeMade(String body) {
        assertThat(server.put("/v1/users/other", body).code()).isEqualTo("invalid_request");
    }
}
