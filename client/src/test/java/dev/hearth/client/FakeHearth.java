package dev.hearth.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that answers what a test wrote down, one line a request, and keeps what it was asked. Rests are not slept. */
final class FakeHearth implements AutoCloseable {

    static final String KEY = "hk_very-secret";

    /** What is done with one request. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /** What was asked. */
    record Received(String method, String target, com.sun.net.httpserver.Headers headers, String body) {

        String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    final List<Duration> rests = new ArrayList<>();
    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Received> received = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    FakeHearth() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HearthClient client() {
        return client(Options.DEFAULTS);
    }

    HearthClient client(Options options) {
        return HearthClient.connect(address(), KEY, options, this::rest, new Random(1));
    }

    synchronized FakeHearth then(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    private synchronized void rest(Duration time) {
        rests.add(time);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply;
        synchronized (this) {
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            reply = script.isEmpty() ? problem(500, "internal") : script.poll();
        }
        try (exchange) {
            reply.to(exchange);
        }
    }

    static Reply json(String body, String... headers) {
        return answer(200, "application/json", body, headers);
    }

    static Reply answer(int status, String type, String body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Reply problem(int status, String code, String... headers) {
        return answer(
                status,
                "application/problem+json",
                "{\"type\":\"urn:hearth:problem:" + code + "\",\"title\":\"T\",\"status\":" + status
                        + ",\"detail\":\"What happened.\",\"code\":\"" + code + "\",\"request_id\":\"req_1\","
                        + "\"errors\":[{\"pointer\":\"/text\",\"code\":\"" + code + "\",\"message\":\"m\"}]}",
                headers);
    }

    /** Takes the request and answers nothing. */
    static Reply broken() {
        return HttpExchange::close;
    }

    /** A stream that is sent and ends. */
    static Reply stream(String text) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().close();
        };
    }

    /** A stream that is cut off behind the text. */
    static Reply cut(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            // More is promised than is sent, so that the connection ends within the answer.
            exchange.sendResponseHeaders(200, bytes.length + 100);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** A stream that gives signs of life until the client has left, which it tells. */
    static Reply alive(String text, CountDownLatch left) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < 3_000; i++) {
                    out.write(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    wait(10);
                }
            } catch (IOException e) {
                left.countDown();
            }
        };
    }

    /** A stream that goes silent behind the text until the test is over. */
    static Reply silent(String text, CountDownLatch over) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(over);
        };
    }

    private static void wait(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("The test is never over.");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
