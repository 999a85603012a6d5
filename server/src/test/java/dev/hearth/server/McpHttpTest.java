package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the protocol asks of {@code /mcp} as a path of HTTP. */
final class McpHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        server.aria("me");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Answer send(String message, String... headers) {
        return server.post("/mcp", message, headers);
    }

    private static String request(Object id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String chat(Object id) {
        return request(id, "tools/call", "{\"name\":\"chat\",\"arguments\":{\"text\":\"Hello.\"}}");
    }

    private static String cancelled(Object id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    private String session() {
        return send(request(
                        0,
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"))
                .ok()
                .header("Mcp-Session-Id");
    }

    private void awaitInterrupted() throws InterruptedException {
        Instant patience = Instant.now().plus(PATIENCE);
        while (server.model.interrupted() == 0 && Instant.now().isBefore(patience)) {
            Thread.sleep(5);
        }
        assertThat(server.model.interrupted()).isEqualTo(1);
    }

    @Test
    void nobodyPassesWithoutAKeyOrFromAnotherSite() {
        Answer keyless = server.send(server.request("POST", "/mcp")
                .POST(BodyPublishers.ofString(request(1, "ping", "{}")))
                .build());
        assertThat(keyless.status()).isEqualTo(401);
        assertThat(keyless.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(send(request(1, "ping", "{}"), "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(send(request(1, "ping", "{}")).status()).isEqualTo(200);
    }

    @Test
    void thereIsNoStreamToGetAndNoSessionToDeleteWhateverTheKey() {
        String chatKey = server.post("/v1/keys", "{\"name\":\"c\",\"scope\":\"chat\"}")
                .body()
                .get("key")
                .stringValue();
        for (String method : new String[] {"GET", "DELETE"}) {
            Answer answer = server.send(server.request(method, "/mcp")
                    .header("Authorization", "Bearer " + chatKey)
                    .build());
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
    }

    @Test
    void whatIsNoMessageIsAProtocolError() {
        assertThat(send("{").status()).isEqualTo(400);
        assertThat(send("{").body().at("/error/code").intValue()).isEqualTo(-32700);
        assertThat(send("[]").body().at("/error/code").intValue()).isEqualTo(-32600);
        assertThat(send(request("null", "ping", "{}")).body().at("/error/code").intValue())
                .isEqualTo(-32600);
        assertThat(send(request(1, "ping", "{}"), "MCP-Protocol-Version", "1999-01-01")
                        .status())
                .isEqualTo(400);
        assertThat(send("{\"text\":\"" + "x".repeat(2 << 20) + "\"}").status()).isEqualTo(413);
    }

    @Test
    void whatTheProtocolDoesNotHaveIsAJsonRpcErrorWithoutOurInsides() {
        for (Map.Entry<String, Integer> wrong : Map.of(
                        request(1, "nothing/here", "{}"), -32601,
                        request(1, "tools/call", "{\"name\":\"no_such_tool\"}"), -32602,
                        request(1, "tools/call", "{}"), -32602,
                        request(1, "tools/call", "{\"name\":[1]}"), -32602,
                        request(1, "initialize", "{\"capabilities\":7}"), -32602)
                .entrySet()) {
            Answer answer = send(wrong.getKey());
            assertThat(answer.status()).as(wrong.getKey()).isEqualTo(200);
            assertThat(answer.body().at("/error/code").intValue())
                    .as(wrong.getKey() + " answered " + answer.text())
                    .isEqualTo(wrong.getValue());
            assertThat(answer.text()).doesNotContain("modelcontextprotocol").doesNotContain("jackson");
        }
    }

    @Test
    void aCancelledChatEndsTheModelsCallAndHasNoAnswer() throws Exception {
        String session = session();
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        CompletableFuture<Answer> chat = CompletableFuture.supplyAsync(() -> send(chat(7), "Mcp-Session-Id", session));
        gate.awaitArrival();
        // Another session's request of the same id is another request.
        assertThat(send(cancelled(7), "Mcp-Session-Id", "another").status()).isEqualTo(202);
        assertThat(send(cancelled(8), "Mcp-Session-Id", session).status()).isEqualTo(202);
        assertThat(server.model.interrupted()).isZero();
        assertThat(send(cancelled(7), "Mcp-Session-Id", session).status()).isEqualTo(202);
        awaitInterrupted();
        assertThat(chat.join().status()).isEqualTo(202);
        assertThat(chat.join().text()).isEmpty();
        assertThat(server.get("/v1/relationships/aria:me/messages").text()).contains("\"interrupted\"");
    }

    @Test
    void aClientThatLeavesEndsTheModelsCall() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        try (HttpClient leaving = HttpClient.newHttpClient()) {
            var chat = leaving.sendAsync(
                    server.request("POST", "/mcp")
                            .header("Authorization", "Bearer " + TestServer.KEY)
                            .POST(BodyPublishers.ofString(chat(1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            gate.awaitArrival();
            chat.cancel(true);
            awaitInterrupted();
        }
    }

    @Test
    void requestsAreMeteredAndAServerThatStartsSaysSo() {
        send(request(1, "ping", "{}"));
        assertThat(server.get("/metrics").text()).contains("route=\"/mcp\"");
        try (TestServer starting = TestServer.notReady(Map.of())) {
            assertThat(starting.post("/mcp", chat(1)).text()).contains("overloaded");
        }
    }
}
