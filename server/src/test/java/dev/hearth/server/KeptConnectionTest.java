package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Refused requests whose body nobody read, byte by byte: either the connection serves the next request, or the answer
 * says that it will be closed (RFC 9112, 9.6).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeptConnectionTest {

    private static final String KEY = "Authorization: Bearer " + TestServer.KEY + "\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String HEALTH = "GET /health HTTP/1.1\r\n" + HOST + "\r\n";

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

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** One answer: its line and headers in small letters, and the body that they announce. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("The connection ended after: " + head);
            }
            head.write(next);
        }
        String headers = head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = headers.indexOf("content-length: ");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        headers.substring(at + 16, headers.indexOf('\r', at)).strip());
        return headers + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void ends(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /v1/users/one HTTP/1.1\r\n", // no key
                "POST /nowhere HTTP/1.1\r\n" + KEY,
                "PATCH /v1/users/one HTTP/1.1\r\n" + KEY,
                "POST /v1/relationships/nothing/messages HTTP/1.1\r\n" + KEY,
                "PUT /v1/users/%FF HTTP/1.1\r\n" + KEY,
                "PUT /v1/users/one HTTP/1.1\r\nContent-Encoding: gzip\r\n" + KEY,
                "DELETE /v1/users/nobody HTTP/1.1\r\n" + KEY,
                "GET /v1/users/nobody HTTP/1.1\r\n" + KEY,
                "GET /health HTTP/1.1\r\n" // taken, and its body is not asked for
            })
    void aBodyThatNobodyReadsAndThatComesLateIsNotTheNextRequest(String request) throws Exception {
        try (Socket socket = connect()) {
            send(socket, request + HOST + "Content-Length: 2\r\n\r\n");
            send(socket, "{}");
            assertThat(answer(socket)).startsWith("http/1.1 ").doesNotContain("connection: close");
            send(socket, HEALTH);
            assertThat(answer(socket)).startsWith("http/1.1 200");
        }
    }

    @Test
    void soIsOneThatDoesNotFitInWhatTheServerHoldsOfAConnection() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "PUT /v1/users/%FF HTTP/1.1\r\n" + KEY + HOST + "Content-Length: 1500000\r\n\r\n");
            send(socket, "x".repeat(1_500_000));
            assertThat(answer(socket)).startsWith("http/1.1 400").doesNotContain("connection: close");
            send(socket, HEALTH);
            assertThat(answer(socket)).startsWith("http/1.1 200");
        }
    }

    @Test
    void soIsOneInChunks() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "PUT /v1/users/one HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            send(socket, "2\r\n{}\r\n0\r\n\r\n" + HEALTH);
            assertThat(answer(socket)).startsWith("http/1.1 401").doesNotContain("connection: close");
            assertThat(answer(socket)).startsWith("http/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", KEY})
    void aBodyThatIsFarTooLargeEndsTheConnectionAndTheAnswerSaysSo(String key) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "PUT /v1/users/one HTTP/1.1\r\n" + HOST + key + "Content-Length: 100000000\r\n\r\n");
            assertThat(answer(socket))
                    .startsWith(key.isEmpty() ? "http/1.1 401" : "http/1.1 413")
                    .contains("connection: close");
            ends(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /v1/users/one", "POST /nowhere"})
    void whoAsksBeforeSendingIsToldNoAndNotToSend(String request) throws Exception {
        try (Socket socket = connect()) {
            send(socket, request + " HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(answer(socket)).startsWith("http/1.1 401").contains("connection: close");
            ends(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no request\r\n\r\n",
                "GET /health HTTP/3.0\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n"
            })
    void whatIsNoHttpEndsTheConnectionAndTheAnswerSaysSo(String request) throws Exception {
        try (Socket socket = connect()) {
            send(socket, request);
            assertThat(answer(socket))
                    .matches("(?s)http/1.1 (400|505) .*")
                    .contains("connection: close", "\"invalid_request\"");
            ends(socket);
        }
    }

    @Test
    void soDoHeadersThatAreTooLong() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /health HTTP/1.1\r\n" + HOST + "X-Long: " + "x".repeat(17_000) + "\r\n\r\n");
            assertThat(answer(socket)).startsWith("http/1.1 431").contains("connection: close");
        }
    }

    @Test
    void chunksThatAreNoneAreToldAndEndTheConnection() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "PUT /v1/users/one HTTP/1.1\r\n" + HOST + KEY + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n");
            assertThat(answer(socket)).startsWith("http/1.1 400").contains("connection: close");
            ends(socket);
        }
    }
}
