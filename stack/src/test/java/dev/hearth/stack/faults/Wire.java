package dev.hearth.stack.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to a server over HTTP, on which answers are refused, lost and cut short as a test says. */
final class Wire implements AutoCloseable {

    /** What happens to one request. */
    sealed interface Fault {

        /** An error is answered; nothing happened, or it happened all the same. */
        record Answered(int status, String type, String body, boolean done) implements Fault {}

        /** It happens, and the connection ends before the answer. */
        record AnswerLost() implements Fault {}

        /** It happens, and the connection ends within the answer's body. */
        record CutShort() implements Fault {}

        /** Nothing. */
        record None() implements Fault {}
    }

    static final Fault NONE = new Fault.None();
    static final Fault ANSWER_LOST = new Fault.AnswerLost();
    static final Fault CUT_SHORT = new Fault.CutShort();
    static final Fault THROTTLED = dynamo(400, "ProvisionedThroughputExceededException", false);
    static final Fault BROKEN = dynamo(500, "InternalServerError", false);
    static final Fault DONE_AND_BROKEN = dynamo(500, "InternalServerError", true);
    static final Fault DENIED = s3(403, "AccessDenied");
    static final Fault SLOW_DOWN = s3(503, "SlowDown");
    static final Fault ABSENT = s3(404, "NoSuchKey");

    /** Says what happens to a request. */
    interface Script {
        /**
         * What happens to the next request.
         *
         * @param operation what is asked: DynamoDB's name of it, or the method
         * @param path of the address
         */
        Fault next(String operation, String path);
    }

    private static final Script NOTHING = (operation, path) -> NONE;
    private static final String TARGET = "X-Amz-Target";
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "date");

    private final URI server;
    private final HttpServer front;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger injected = new AtomicInteger();
    private volatile Script script = NOTHING;

    Wire(URI server) throws IOException {
        this.server = server;
        this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::handle);
        front.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** From now on this happens. */
    void follow(Script other) {
        script = other;
    }

    /** From now on nothing happens. */
    void heal() {
        script = NOTHING;
    }

    /** How many faults there were. */
    int injected() {
        return injected.get();
    }

    private static Fault dynamo(int status, String code, boolean done) {
        return new Fault.Answered(
                status,
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"Injected by the test.\"}",
                done);
    }

    private static Fault s3(int status, String code) {
        return new Fault.Answered(
                status,
                "application/xml",
                "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>No.</Message></Error>",
                false);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst(TARGET);
        String operation = target == null ? exchange.getRequestMethod() : target.substring(target.indexOf('.') + 1);
        Fault fault = script.next(operation, exchange.getRequestURI().getPath());
        if (!(fault instanceof Fault.None)) {
            injected.incrementAndGet();
        }
        try (exchange) {
            switch (fault) {
                case Fault.None none -> answer(exchange, pass(exchange, body), false);
                case Fault.CutShort cut -> answer(exchange, pass(exchange, body), true);
                case Fault.AnswerLost lost -> pass(exchange, body);
                case Fault.Answered(int status, String type, String said, boolean done) -> {
                    if (done) {
                        pass(exchange, body);
                    }
                    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
                    boolean head = exchange.getRequestMethod().equals("HEAD");
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
                    if (!head) {
                        exchange.getResponseBody().write(bytes);
                    }
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response, boolean cut) throws IOException {
        byte[] body = response.body();
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
            // Otherwise a cut answer has no beginning either, which is another fault.
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
