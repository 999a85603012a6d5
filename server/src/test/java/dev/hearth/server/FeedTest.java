package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The feed of events over HTTP, and what an application has remembered and corrected. */
final class FeedTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private String relationship;

    @BeforeEach
    void start() {
        server = TestServer.start();
        relationship = "/v1/relationships/" + server.aria("someone");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void eventsComeAsTheyHappenAndResumeBehindTheLastOne() throws IOException {
        try (Feed feed = follow(relationship)) {
            assertThat(feed.status()).contains("200");
            feed.line("id: 0");
            String turn = server.post(relationship + "/messages", "{\"text\":\"Hi.\"}")
                    .ok()
                    .body()
                    .get("turn_id")
                    .stringValue();
            Frame first = feed.next();
            assertThat(first.id()).isEqualTo("1");
            assertThat(first.event()).isEqualTo("turn.completed");
            assertThat(first.data().get("data").get("turn_id").stringValue()).isEqualTo(turn);
            assertThat(first.data().get("user").stringValue()).isEqualTo("someone");
            assertThat(first.data().get("companion").stringValue()).isEqualTo("aria");
        }
        String memory = remember("{\"text\":\"I love tea.\",\"external_id\":\"crm-1\"}")
                .get("memory_id")
                .stringValue();
        server.delete("/v1/memories/" + memory);
        try (Feed feed = follow("/v1/relationships/aria:someone", "Last-Event-ID: 1")) {
            Frame second = feed.next();
            assertThat(second.id()).isEqualTo("2");
            assertThat(second.event()).isEqualTo("memory.created");
            assertThat(second.data().get("data").get("memory_id").stringValue()).isEqualTo(memory);
            assertThat(feed.next().event()).isEqualTo("memory.deleted");
            feed.line(": keep-alive");
        }
    }

    @Test
    void aNumberThatIsNoneOfThisFeedIsToldAsMissed() throws IOException {
        try (Feed feed = follow(relationship, "Last-Event-ID: 4711")) {
            Frame missed = feed.next();
            assertThat(missed.event()).isEqualTo("events.missed");
            assertThat(missed.id()).isEmpty();
            remember("{\"text\":\"I love tea.\"}");
            assertThat(feed.next().id()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "evt_1", "9999999999999999999", "1 2"})
    void aMalformedLastEventIdIsRefused(String id) {
        Answer answer = server.call("GET", relationship + "/events", null, "Last-Event-ID", id);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("Last-Event-ID");
    }

    @Test
    void theFeedOfNobodyIsAnOrdinaryProblem() {
        assertThat(server.get("/v1/relationships/aria:nobody/events").status()).isEqualTo(404);
        assertThat(server.get("/v1/relationships/aria:nobody/emotion").status()).isEqualTo(404);
    }

    @Test
    void theFeedEndsWithItsRelationship() throws IOException {
        try (Feed feed = follow(relationship)) {
            feed.line(": keep-alive");
            assertThat(server.delete(relationship).status()).isEqualTo(204);
            assertThat(feed.ends()).isTrue();
        }
    }

    @Test
    void aServerThatEndsDoesNotWaitForItsFeeds() throws IOException {
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Feed feed = follow(relationship);
            feed.line(": keep-alive");
            feeds.add(feed);
        }
        long start = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        for (Feed feed : feeds) {
            assertThat(feed.ends()).isTrue();
            feed.close();
        }
        server = TestServer.start();
    }

    @Test
    void aMemoryIsRememberedOnceAndCorrected() {
        JsonNode memory = remember(
                "{\"text\":\"My cat is Miso.\",\"time\":\"2026-01-01T10:00:00+02:00\",\"external_id\":\"crm-1\"}");
        assertThat(memory.get("time").stringValue()).isEqualTo("2026-01-01T08:00:00Z");
        assertThat(remember("{\"text\":\"Other words.\",\"external_id\":\"crm-1\"}"))
                .isEqualTo(memory);
        String path = "/v1/memories/" + memory.get("memory_id").stringValue();
        JsonNode corrected = server.call("PATCH", path, "{\"text\":\"My cat is Mochi.\"}")
                .ok()
                .body();
        assertThat(corrected.get("text").stringValue()).isEqualTo("My cat is Mochi.");
        assertThat(corrected.get("memory_id")).isNotEqualTo(memory.get("memory_id"));
        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.call("PATCH", path, "{\"text\":\"x\"}").status()).isEqualTo(404);
        assertThat(server.call("PATCH", path, "{\"text\":\"\"}").status()).isEqualTo(400);
        assertThat(server.post(relationship + "/memories", "{\"text\":\"x\",\"external_id\":\"\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theFeelingIsNeutralForNow() {
        JsonNode emotion = server.get(relationship + "/emotion").ok().body();
        assertThat(emotion.get("expression").stringValue()).isEqualTo("calm and attentive");
        assertThat(emotion.get("relationship_id").stringValue()).startsWith("rel_");
    }

    private JsonNode remember(String body) {
        return server.post(relationship + "/memories", body).ok().body();
    }

    private Feed follow(String path, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        StringBuilder request = new StringBuilder("GET " + path + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: Bearer " + TestServer.KEY + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        return new Feed(
                socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }

    private record Frame(String id, String event, JsonNode data) {}

    private record Feed(Socket socket, BufferedReader in) implements AutoCloseable {

        String status() throws IOException {
            return in.readLine();
        }

        void line(String wanted) throws IOException {
            String line;
            do {
                line = in.readLine();
                if (line == null) {
                    throw new AssertionError("The feed ended before: " + wanted);
                }
            } while (!line.equals(wanted));
        }

        Frame next() throws IOException {
            String id = "";
            String event = "";
            while (true) {
                String line = in.readLine();
                if (line == null) {
                    throw new AssertionError("The feed ended.");
                } else if (line.isEmpty()) {
                    id = "";
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Frame(id, event, Json.parse(line.substring(6)));
                }
            }
        }

        boolean ends() throws IOException {
            String line;
            do {
                line = in.readLine();
            } while (line != null && !line.equals("0"));
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
