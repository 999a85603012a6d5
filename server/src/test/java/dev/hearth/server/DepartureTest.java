package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that leave while they are answered, on plain sockets, and others on theirs. */
final class DepartureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private String relationship;

    @BeforeEach
    void start() {
        server = TestServer.start();
        relationship = "/v1/relationships/" + server.aria("anna");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String turn(String text, String accept) {
        String body = "{\"text\":\"" + text + "\"}";
        return "POST " + relationship + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestServer.KEY + "\r\nAccept: " + accept + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String readUntil(Socket socket, String... wanted) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        int from = 0;
        for (String text : wanted) {
            while (seen.indexOf(text, from) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("The connection ended after: " + seen);
                }
                seen.append((char) next);
            }
            from = seen.indexOf(text, from) + text.length();
        }
        return seen.toString();
    }

    private void awaitInterrupted() throws InterruptedException {
        Instant patience = Instant.now().plus(PATIENCE);
        while (server.model.interrupted() == 0 && Instant.now().isBefore(patience)) {
            Thread.sleep(5);
        }
        assertThat(server.model.interrupted()).isEqualTo(1);
    }

    @Test
    void aClientThatWaitsForTheWholeReplyAndLeavesEndsTheModelsCall() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "Well"));
        try (Socket socket = connect()) {
            send(socket, turn("Hello.", "application/json"));
            gate.awaitArrival();
        }
        awaitInterrupted();
        server.post(relationship + "/messages", "{\"text\":\"Still there?\"}").ok();
        assertThat(server.get(relationship + "/messages").text())
                .contains("\"interrupted\"")
                .contains("Well");
    }

    @Test
    void aTurnThatEndsBeforeAnyWordIsInterruptedInTheHistoryAndTheExport() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate), ScriptedModel.say("Yes."));
        try (Socket socket = connect()) {
            send(socket, turn("Hello.", "application/json"));
            gate.awaitArrival();
        }
        awaitInterrupted();
        server.post(relationship + "/messages", "{\"text\":\"Still there?\"}").ok();
        for (String order : List.of("asc", "desc")) {
            List<String> shown = new ArrayList<>();
            server.get(relationship + "/messages?order=" + order)
                    .ok()
                    .body()
                    .get("data")
                    .forEach(message -> shown.add(message.get("text").stringValue() + " "
                            + message.get("status").stringValue()));
            assertThat(order.equals("asc") ? shown : shown.reversed())
                    .containsExactly("Hello. interrupted", "Still there? completed", "Yes. completed");
        }
        assertThat(server.get("/v1/users/anna/export").ok().text().lines())
                .filteredOn(line -> line.contains("Hello.") && line.contains("\"message\""))
                .singleElement()
                .asString()
                .contains("\"status\":\"interrupted\"");
    }

    @Test
    void aConnectionServesOneTurnAfterTheOther() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                server.model.then(ScriptedModel.say("Answer " + i));
                send(socket, turn("Message " + i, "application/json"));
                assertThat(readUntil(socket, "HTTP/1.1 200", "Answer " + i, "}"))
                        .contains("completed");
                server.model.then(ScriptedModel.say("Stream " + i));
                send(socket, turn("Message " + i, "text/event-stream"));
                readUntil(socket, "HTTP/1.1 200", "Stream " + i, "turn.completed", "\r\n0\r\n\r\n");
            }
        }
        assertThat(server.model.interrupted()).isZero();
    }

    @Test
    void aRequestThatIsSentTooEarlyIsAnsweredAfterTheOneBefore() throws Exception {
        Gate gate = new Gate();
        server.model.then(ScriptedModel.stall(gate, "First"), ScriptedModel.say("Second"));
        try (Socket socket = connect()) {
            send(socket, turn("One.", "application/json"));
            gate.awaitArrival();
            send(socket, turn("Two.", "application/json"));
            gate.open();
            readUntil(socket, "HTTP/1.1 200", "First", "HTTP/1.1 200", "Second");
        }
        assertThat(server.model.interrupted()).isZero();
    }
}
