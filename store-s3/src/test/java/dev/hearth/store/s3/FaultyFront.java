package dev.hearth.store.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands before a server: passes requests on, except where a fault is due. */
final class FaultyFront implements AutoCloseable {

    /** What happens to one request. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** 403, as for a missing right. */
        DENIED,
        /** 503, as for too many requests. */
        SLOW_DOWN,
        /** 409, as for a put that meets another. */
        CONFLICT,
        /** It is done, and the connection ends before the answer. */
        ANSWER_LOST,
        /** The connection ends within the answer's body. */
        CUT_SHORT,
        /** A bit of the answer's body is wrong. */
        FLIPPED,
        /** No answer until the front is closed. */
        STALLED,
        /** The condition of a put is not passed on. */
        CONDITION_IGNORED
    }

    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "date");

    private final URI server;
    private final HttpServer front;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Fault> due = new ConcurrentLinkedQueue<>();
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultyFront(URI server) throws IOException {
        this.server = server;
        this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::handle);
        front.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** The next requests meet these, one each; later ones pass. */
    void next(Fault... faults) {
        methods.clear();
        due.clear();
        due.addAll(Arrays.asList(faults));
    }

    /** The methods of the requests since the faults were set. */
    List<String> methods() {
        return List.copyOf(methods);
    }

    private void handle(HttpExchange exchange) throws IOException {
        methods.add(exchange.getRequestMethod());
        Fault fault = due.isEmpty() ? Fault.NONE : due.remove();
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            switch (fault) {
                case DENIED -> refuse(exchange, 403, "AccessDenied");
                case SLOW_DOWN -> refuse(exchange, 503, "SlowDown");
                case CONFLICT -> refuse(exchange, 409, "ConditionalRequestConflict");
                case STALLED -> await();
                case ANSWER_LOST -> pass(exchange, body, false);
                case NONE, CUT_SHORT, FLIPPED, CONDITION_IGNORED ->
                    answer(exchange, fault, pass(exchange, body, fault == Fault.CONDITION_IGNORED));
            }
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body, boolean unconditionally) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            String header = name.toLowerCase(Locale.ROOT);
            if (!OWN_HEADERS.contains(header) && !(unconditionally && header.equals("if-none-match"))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void answer(HttpExchange exchange, Fault fault, HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        if (fault == Fault.FLIPPED) {
            body[body.length / 2] ^= 1;
        }
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, fault == Fault.CUT_SHORT ? body.length / 2 : body.length);
            // Otherwise a cut answer has no beginning either, which is another fault.
            exchange.getResponseBody().flush();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] xml = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>No.</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
    }

    private void await() {
        try {
            boolean ignored = closed.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        front.stop(0);
        threads.close();
        client.close();
    }
}
