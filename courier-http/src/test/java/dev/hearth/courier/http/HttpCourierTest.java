package dev.hearth.courier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Courier;
import dev.hearth.spi.CourierException;
import dev.hearth.spi.Deadline;
import dev.hearth.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The courier against a receiver that does what a test says. */
final class HttpCourierTest {

    private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

    private final Clock clock = Clock.system();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket receiver;

    private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";
    private volatile boolean endless;

    @BeforeEach
    void listen() throws IOException {
        receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::receive);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
    }

    private void receive() {
        while (!receiver.isClosed()) {
            try (Socket socket = receiver.accept()) {
                InputStream in = socket.getInputStream();
                byte[] read = new byte[8_192];
                StringBuilder request = new StringBuilder();
                int count;
                while (request.indexOf("evt_1\"}") < 0 && (count = in.read(read)) > 0) {
                    request.append(new String(read, 0, count, StandardCharsets.UTF_8));
                }
                requests.add(request.toString());
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
                while (endless) {
                    out.write(read);
                }
                if (answer.isEmpty()) {
                    in.read();
                }
            } catch (IOException gone) {
                // The courier left, or the test is over.
            }
        }
    }

    private Courier.Reply post(boolean allowPrivate, String address, Duration within) throws InterruptedException {
        try (HttpCourier courier = new HttpCourier(clock, allowPrivate)) {
            return courier.post(
                    URI.create(address),
                    Map.of("content-type", "application/json", "webhook-id", "evt_1"),
                    BODY,
                    Deadline.after(clock, within));
        }
    }

    private Courier.Reply post() throws InterruptedException {
        return post(true, "http://127.0.0.1:" + receiver.getLocalPort() + "/hooks?a=b", Duration.ofSeconds(5));
    }

    @Test
    void theBytesAndHeadersArriveAndTheStatusComesBack() throws InterruptedException {
        assertThat(post()).isEqualTo(new Courier.Reply(204, null));
        String request = requests.take();
        assertThat(request).startsWith("POST /hooks?a=b HTTP/1.1\r\n").endsWith("\r\n\r\n{\"id\":\"evt_1\"}");
        assertThat(request.toLowerCase(java.util.Locale.ROOT))
                .contains("content-type: application/json", "webhook-id: evt_1")
                .doesNotContain("upgrade");
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws InterruptedException {
        answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + receiver.getLocalPort()
                + "/\r\nContent-Length: 0\r\n\r\n";
        assertThat(post().status()).isEqualTo(302);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whenToComeAgainIsUnderstood() throws InterruptedException {
        answer = "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n";
        assertThat(post()).isEqualTo(new Courier.Reply(503, Duration.ofMinutes(2)));
        ManualClock at = ManualClock.at("2026-05-04T09:00:00Z");
        assertThat(RetryAfter.read("Mon, 04 May 2026 09:01:00 GMT", at)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryAfter.read("Mon, 04 May 2026 08:00:00 GMT", at)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.read("soon", at)).isNull();
        assertThat(RetryAfter.read("-5", at)).isNull();
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws InterruptedException {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n";
        endless = true;
        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void whoDoesNotAnswerIsWaitedForUntilTheDeadline() {
        answer = "";
        assertThatThrownBy(
                        () -> post(true, "http://127.0.0.1:" + receiver.getLocalPort() + "/", Duration.ofMillis(200)))
                .isInstanceOf(CourierException.class)
                .hasMessageContaining("within the time");
    }

    @Test
    void noAddressOfThisMachineIsGoneToUnlessAllowed() {
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1"}) {
            assertThatThrownBy(() ->
                            post(false, "http://" + host + ":" + receiver.getLocalPort() + "/", Duration.ofSeconds(5)))
                    .as(host)
                    .isInstanceOf(CourierException.class);
        }
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "file:///etc/passwd", "http:///x", "mailto:a@b.example"})
    void whatIsNoWebAddressIsRefused(String address) {
        assertThatThrownBy(() -> post(true, address, Duration.ofSeconds(5))).isInstanceOf(CourierException.class);
    }

    @Test
    void whoIsNotThereIsToldInWords() throws IOException {
        receiver.close();
        assertThatThrownBy(this::post)
                .isInstanceOf(CourierException.class)
                .hasMessage("The connection could not be made, or broke.");
    }
}
