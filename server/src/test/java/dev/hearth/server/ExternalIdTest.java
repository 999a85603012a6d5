package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an application calls its users, they are told apart and found again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExternalIdTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
        server.aria("first");
    }

    @AfterAll
    void end() {
        server.close();
    }

    static Stream<String> ids() {
        return Stream.of(
                "plain",
                "a/b",
                "/",
                "//",
                "a/../b",
                "..",
                ".",
                "a/./b",
                "../../etc/passwd",
                "a%2Fb",
                "%",
                "%25",
                "a b",
                "a+b",
                "a;b",
                "a;x=1",
                "a?b=c",
                "a#b",
                "a:b",
                ":",
                "auth0|123",
                "user@example.org",
                "\\",
                "😀",
                "é",
                "e\u0301",
                "日本",
                "messages:import",
                "export",
                "x".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anIdIsKeptAsItIs(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        assertThat(server.put("/v1/users/" + encoded, "{}")
                        .ok()
                        .body()
                        .get("external_id")
                        .stringValue())
                .isEqualTo(id);
        Answer made = server.put("/v1/companions/aria/users/" + encoded, "").ok();
        assertThat(made.body().get("user").stringValue()).isEqualTo(id);
        assertThat(server.get("/v1/relationships/aria:" + encoded).ok().body().get("relationship_id"))
                .isEqualTo(made.body().get("relationship_id"));
        assertThat(server.get("/v1/relationships/aria%3A" + encoded + "/messages")
                        .ok()
                        .body()
                        .get("data")
                        .size())
                .isZero();
    }
}
