package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.server.http.Json;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Turns over HTTP: answered, streamed, repeated, failed, left. */
final class TurnTest {

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

    private Answer say(String text, String... headers) {
        return server.post(relationship + "/messages", "{\"text\":\"" + text + "\"}", headers);
    }

    /** The events of a stream, a name and its data each. */
    private record Event(String name, JsonNode data) {
        static List<Event> all(String stream) {
            List<Event> events = new ArrayList<>();
            for (String frame : stream.split("\n\n", -1)) {
                String[] lines = frame.split("\n", -1);
                if (lines.length == 2 && lines[0].startsWith("event: ")) {
                    events.add(new Event(lines[0].substring(7), Json.parse(lines[1].substring(6))));
                }
            }
            return events;
        }
    }

    private List<Event> stream(String text, String... headers) {
        List<String> all = new ArrayList<>(List.of("Accept", "text/event-stream"));
        all.addAll(List.of(headers));
        Answer answer = say(text, all.toArray(String[]::new));
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        return Event.all(answer.text());
    }

    @Test
    void aTurnIsAnsweredAndKept() {
        server.model.then(ScriptedModel.say("Hello", " there."));
        Answer answer = say("Hi.").ok();
        assertThat(answer.body().get("message").get("text").stringValue()).isEqualTo("Hello there.");
        assertThat(answer.body().get("status").stringValue()).isEqualTo("completed");
        assertThat(answer.header("Server-Timing")).contains("admit;dur=", "gather;dur=", "reply;dur=", "total;dur=");
        JsonNode messages =
                server.get(relationship + "/messages?order=desc").ok().body().get("data");
        assertThat(messages.get(0).get("role").stringValue()).isEqualTo("companion");
        assertThat(messages.get(1).get("text").stringValue()).isEqualTo("Hi.");
        String turn = answer.body().get("turn_id").stringValue();
        JsonNode trace = server.get("/v1/turns/" + turn).ok().body();
        assertThat(trace.get("id").stringValue()).isEqualTo(turn);
        assertThat(trace.get("steps").size()).isPositive();
        assertThat(Json.write(trace)).doesNotContain("Hello").doesNotContain("Hi.");
    }

    @Test
    void aTurnIsStreamedInOrder() {
        server.model.then(ScriptedModel.say("Hel", "lo."));
        List<Event> events = stream("Hi.");
        assertThat(events.stream().map(Event::name))
                .containsExactly(
                        "turn.started",
                        "context.ready",
                        "message.delta",
                        "message.delta",
                        "message.completed",
                        "turn.completed");
        assertThat(events.get(4).data().get("text").stringValue()).isEqualTo("Hello.");
        assertThat(events.get(5).data().get("status").stringValue()).isEqualTo("completed");
        assertThat(events.get(5).data().get("turn_id"))
                .isEqualTo(events.get(0).data().get("turn_id"));
    }

    @Test
    void eachPieceIsSentAtOnceAndSilenceIsBroken() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        try (Socket socket = open()) {
            String seen = readUntil(socket.getInputStream(), "\"Well\"", ": keep-alive");
            assertThat(seen).doesNotContain("turn.completed");
            gate.open();
            readUntil(socket.getInputStream(), "turn.completed");
        }
    }

    @Test
    void theSameKeyAnswersTheSameTurn() {
        Answer first = say("Hi.", "Idempotency-Key", "k1").ok();
        Answer again = say("Hi.", "Idempotency-Key", "k1").ok();
        assertThat(again.body().get("turn_id")).isEqualTo(first.body().get("turn_id"));
        assertThat(again.body().get("message")).isEqualTo(first.body().get("message"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        List<Event> streamed = stream("Hi.", "Idempotency-Key", "k1");
        assertThat(streamed.getLast().name()).isEqualTo("turn.completed");
        assertThat(streamed.getLast().data().get("turn_id"))
                .isEqualTo(first.body().get("turn_id"));
        Answer other = say("Hello.", "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_mismatch");
        assertThat(server.get(relationship).body().get("messages").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Kind.class,
            names = {"FULL", "READ_ONLY", "UNAVAILABLE", "DEADLINE"})
    void aDiskThatTakesNothingIsToldAndTheNextTurnWorks(StoreException.Kind kind) {
        server.warm.onWrites(new FaultyWarmStore.Fault.Before(kind));
        Answer answer = say("Hi.", "Idempotency-Key", "k");
        assertThat(answer.status()).as(answer.text()).isIn(503, 504);
        assertThat(answer.detail()).isNotEmpty().doesNotContain("Exception");
        assertThat(say("Hi.", "Idempotency-Key", "k").status()).isEqualTo(200);
        assertThat(server.get(relationship).body().get("messages").intValue()).isEqualTo(2);
    }

    @Test
    void aModelThatFailsIsToldAndTheMessageIsKept() {
        server.model.then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE));
        Answer answer = say("Hi.");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("model_unavailable");
        assertThat(server.get(relationship + "/messages")
                        .body()
                        .get("data")
                        .get(0)
                        .get("text")
                        .stringValue())
                .isEqualTo("Hi.");
    }

    @Test
    void aModelThatFailsDuringAStreamIsAnErrorEvent() {
        server.model.then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE));
        List<Event> events = stream("Hi.");
        assertThat(events.getLast().name()).isEqualTo("error");
        JsonNode problem = events.getLast().data().get("problem");
        assertThat(problem.get("code").stringValue()).isEqualTo("model_unavailable");
        assertThat(problem.get("request_id").stringValue()).isNotEmpty();
    }

    @Test
    void aProblemBeforeTheStreamIsAnOrdinaryOne() {
        Answer answer = server.post(
                "/v1/relationships/aria:nobody/messages", "{\"text\":\"a\"}", "Accept", "text/event-stream");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aClientThatLeavesASilentModelEndsTheTurn() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        try (Socket socket = open()) {
            readUntil(socket.getInputStream(), "\"Well\"");
        }
        Instant patience = Instant.now().plus(Duration.ofSeconds(10));
        String status = "";
        while (!status.equals("interrupted") && Instant.now().isBefore(patience)) {
            Thread.sleep(50);
            JsonNode last = server.get(relationship + "/messages?order=desc")
                    .body()
                    .get("data")
                    .get(0);
            status = last.get("status").stringValue();
        }
        assertThat(status).isEqualTo("interrupted");
        assertThat(server.model.interrupted()).isEqualTo(1);
        say("Still there?").ok();
    }

    @Test
    void aThirdTurnAtOnceIsRefused() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        Thread first = Thread.startVirtualThread(() -> say("one"));
        gate.awaitArrival();
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(Thread.startVirtualThread(() -> {
                Answer answer = say("more");
                statuses.add(answer.status());
                if (answer.status() == 409) {
                    assertThat(answer.code()).isEqualTo("turn_in_progress");
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                }
            }));
        }
        Thread.sleep(500);
        gate.open();
        first.join();
        for (Thread other : others) {
            other.join();
        }
        assertThat(statuses).contains(200, 409);
    }

    @Test
    void aContextIsComposedAndRecordedOnce() {
        JsonNode context = server.post(relationship + "/context", "{\"text\":\"Hi.\"}")
                .ok()
                .body();
        assertThat(context.get("messages").get(0).get("role").stringValue()).isEqualTo("system");
        String record = "{\"context_token\":\"" + context.get("context_token").stringValue()
                + "\",\"text\":\"Hi.\",\"reply\":\"Hello.\"}";
        JsonNode turn = server.post(relationship + "/turns", record).ok().body();
        assertThat(turn.get("message").get("text").stringValue()).isEqualTo("Hello.");
        Answer again = server.post(relationship + "/turns", record).ok();
        assertThat(again.body().get("turn_id")).isEqualTo(turn.get("turn_id"));
        assertThat(server.get(relationship).body().get("messages").intValue()).isEqualTo(2);
        assertThat(server.post(relationship + "/turns", record.replace("\"context_token\":\"", "\"context_token\":\"x"))
                        .status())
                .isBetween(400, 499);
    }

    @Test
    void whatWasImportedIsFoundReadForgottenAndExported() {
        String messages = """
                {"messages":[
                 {"external_id":"d1:1","role":"user","speaker":"Ann","session":"s1","text":"My cat is called Miso.","time":"2026-01-01T10:00:00+02:00"},
                 {"external_id":"d1:2","role":"companion","text":"What a lovely name.","time":"2026-01-01T10:00:05+02:00"}]}
                """;
        Answer imported =
                server.post(relationship + "/messages:import", messages).ok();
        assertThat(imported.text()).isEqualTo("{\"imported\":2,\"duplicates\":0}");
        assertThat(server.post(relationship + "/messages:import", messages).text())
                .isEqualTo("{\"imported\":0,\"duplicates\":2}");
        JsonNode found = server.post(
                        relationship + "/memories:search", "{\"query\":\"What is my cat called?\",\"limit\":1}")
                .ok()
                .body();
        JsonNode hit = found.get("hits").get(0);
        assertThat(hit.get("text").stringValue()).isEqualTo("My cat is called Miso.");
        assertThat(hit.get("speaker").stringValue()).isEqualTo("Ann");
        assertThat(hit.get("time").stringValue()).isEqualTo("2026-01-01T08:00:00Z");
        assertThat(hit.get("source_external_ids").get(0).stringValue()).isEqualTo("d1:1");
        List<String> lines =
                server.get("/v1/users/someone/export").ok().text().lines().toList();
        assertThat(lines.stream().map(line -> Json.parse(line).get("type").stringValue()))
                .startsWith("user", "relationship")
                .contains("message");
        String memory = "/v1/memories/" + hit.get("memory_id").stringValue();
        assertThat(server.get(memory).ok().body().get("text").stringValue()).isEqualTo("My cat is called Miso.");
        assertThat(server.delete(memory).status()).isEqualTo(204);
        assertThat(server.get(memory).code()).isEqualTo("not_found");
        JsonNode left = server.get(relationship + "/messages").body().get("data");
        assertThat(StreamSupport.stream(left.spliterator(), false)
                        .map(m -> m.get("text").stringValue()))
                .containsExactly("What a lovely name.");
    }

    @Test
    void anExportHoldsHowMemoriesStand() {
        for (String fact : List.of(
                "I live in Berlin.",
                "I live in Hamburg now.",
                "I saw a film last Friday.",
                "I saw a film last Friday.")) {
            server.post(relationship + "/memories", "{\"text\":\"" + fact + "\",\"time\":\"2026-05-04T09:00:00Z\"}")
                    .ok();
        }
        List<JsonNode> listed = new ArrayList<>();
        server.get(relationship + "/memories").ok().body().get("data").forEach(listed::add);
        String pinned = listed.getFirst().get("memory_id").stringValue();
        server.call("PATCH", "/v1/memories/" + pinned, "{\"pinned\":true}").ok();
        listed.clear();
        server.get(relationship + "/memories").ok().body().get("data").forEach(listed::add);
        List<JsonNode> exported = server.get("/v1/users/someone/export")
                .ok()
                .text()
                .lines()
                .map(Json::parse)
                .filter(line -> line.get("type").stringValue().equals("memory"))
                .toList();
        assertThat(exported).hasSameSizeAs(listed).hasSize(3);
        for (int i = 0; i < listed.size(); i++) {
            for (var field : listed.get(i).properties()) {
                assertThat(exported.get(i).get(field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(field.getValue());
            }
        }
        assertThat(exported.toString())
                .contains("\"pinned\":true", "\"count\":2", "\"granularity\":\"day\"")
                .containsPattern("\"superseded_by\":\"mem_");
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        String body = "{\"text\":\"Hi.\"}";
        socket.getOutputStream()
                .write(("POST " + relationship + "/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + TestServer.KEY + "\r\nAccept: text/event-stream\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String readUntil(InputStream in, String... wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!List.of(wanted).stream().allMatch(text -> seen.indexOf(text) >= 0)) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new AssertionError("The stream ended after: " + seen);
            }
            seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return seen.toString();
    }
}
