package dev.hearth.index.pinecone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An index of Pinecone on the loopback address, after the data plane's published API of 2026-04, and what may go wrong on
 * the way to it. Each request has the fault that was queued for it, or none.
 */
final class FakePinecone implements AutoCloseable {

    static final String KEY = "pcsk_test_key";

    /** What happens to one request. */
    enum Fault {
        NONE,
        /** 429, without being taken. */
        RATE_LIMITED,
        /** 429 with a {@code Retry-After} of two seconds. */
        RATE_LIMITED_TWO_SECONDS,
        /** 429 with a {@code Retry-After} of an hour. */
        RATE_LIMITED_ONE_HOUR,
        UNAVAILABLE,
        /** A status with a message that repeats what nobody should read. */
        FORBIDDEN,
        UNPAID,
        TOO_LARGE,
        /** Taken, and never answered. */
        STALLED,
        /** Taken, and answered by a closed connection. */
        ANSWER_LOST,
        /** Not taken; the connection is closed. */
        REQUEST_LOST,
        /** Taken, and answered in half. */
        CUT_SHORT,
        /** Answered by a web page. */
        WEB_PAGE
    }

    private final FakeNamespaces namespaces;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final JsonMapper json = JsonMapper.shared();

    FakePinecone(int dimension, String metric) throws IOException {
        namespaces = new FakeNamespaces(dimension, metric);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    PineconeSettings settings() {
        return settings(KEY);
    }

    PineconeSettings settings(String key) {
        return new PineconeSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), key);
    }

    /** What readers see, and when. */
    FakeNamespaces namespaces() {
        return namespaces;
    }

    /** What befalls the next requests, one each; forgets what was asked so far. */
    void next(Fault... coming) {
        requests.clear();
        faults.clear();
        faults.addAll(List.of(coming));
    }

    /** Method and path of every request since {@link #next}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        Fault queued = faults.poll();
        switch (queued == null ? Fault.NONE : queued) {
            case NONE -> answer(exchange, taken(exchange, body));
            case RATE_LIMITED -> answer(exchange, refused(429));
            case RATE_LIMITED_TWO_SECONDS -> {
                exchange.getResponseHeaders().set("Retry-After", "2");
                answer(exchange, refused(429));
            }
            case RATE_LIMITED_ONE_HOUR -> {
                exchange.getResponseHeaders().set("Retry-After", "3600");
                answer(exchange, refused(429));
            }
            case UNAVAILABLE -> answer(exchange, refused(503));
            case FORBIDDEN -> answer(exchange, refused(403));
            case UNPAID -> answer(exchange, refused(402));
            case TOO_LARGE -> answer(exchange, refused(413));
            case STALLED -> {
                FakeAnswer ignored = taken(exchange, body);
                awaitClosing();
                exchange.close();
            }
            case ANSWER_LOST -> {
                FakeAnswer ignored = taken(exchange, body);
                exchange.close();
            }
            case REQUEST_LOST -> exchange.close();
            case CUT_SHORT -> {
                byte[] whole = json.writeValueAsBytes(taken(exchange, body).body());
                exchange.sendResponseHeaders(200, whole.length + 10L);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case WEB_PAGE -> answer(exchange, 200, "<html>Hello.</html>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private FakeAnswer taken(HttpExchange exchange, byte[] body) {
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("Api-Key"))) {
            return new FakeAnswer(401, "Unauthorized");
        }
        if (!"2026-04".equals(exchange.getRequestHeaders().getFirst("X-Pinecone-Api-Version"))) {
            return FakeAnswer.invalid("no version");
        }
        return namespaces.take(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    }

    private static FakeAnswer refused(int status) {
        return FakeAnswer.error(status, 8, "a message nobody may repeat: " + KEY);
    }

    private void answer(HttpExchange exchange, FakeAnswer answer) throws IOException {
        answer(exchange, answer.status(), json.writeValueAsBytes(answer.body()));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
