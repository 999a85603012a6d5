package dev.hearth.store.dynamodb;

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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small HTTP proxy before DynamoDB local, which fails requests of an operation as a test says and counts them all. */
final class FaultyWay implements AutoCloseable {

    /** What happens to one request. */
    sealed interface Fault {

        /** An error is answered, and nothing happened. */
        record Answered(int status, String body) implements Fault {}

        /** It happens, and the connection closes before the answer. */
        record AnswerLost() implements Fault {}

        /** It happens, and an error is answered. */
        record DoneAndAnswered(int status, String body) implements Fault {}

        /** Nothing happens and nothing is answered until the latch opens. */
        record Stalled(CountDownLatch arrived, CountDownLatch until) implements Fault {}
    }

    static final Fault THROTTLED = refusal("ProvisionedThroughputExceededException");
    static final Fault BROKEN = new Fault.Answered(500, error("InternalServerError", ""));
    static final Fault DONE_AND_BROKEN = new Fault.DoneAndAnswered(500, error("InternalServerError", ""));
    static final Fault AWAY = new Fault.Answered(503, "<html>Service Unavailable</html>");
    static final Fault ANSWER_LOST = new Fault.AnswerLost();

    private static final String TARGET = "X-Amz-Target";
    private static final List<String> FORWARDED =
            List.of(TARGET, "X-Amz-Date", "Authorization", "Content-Type", "Accept-Encoding");

    private final HttpServer server;
    private final URI behind;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    FaultyWay(URI behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What happens to the coming requests of {@code operation}, one after the other. */
    void next(String operation, Fault... coming) {
        faults.computeIfAbsent(operation, any -> new ConcurrentLinkedQueue<>()).addAll(List.of(coming));
    }

    /** How many requests of {@code operation} have come. */
    int asked(String operation) {
        return asked.getOrDefault(operation, new AtomicInteger()).get();
    }

    static Fault refusal(String code) {
        return new Fault.Answered(400, error(code, ""));
    }

    /** A cancelled transaction with a reason for each of its actions. */
    static Fault cancelled(String... codes) {
        StringBuilder reasons = new StringBuilder();
        for (String code : codes) {
            reasons.append(reasons.isEmpty() ? "" : ",")
                    .append("{\"Code\":\"")
                    .append(code)
                    .append("\"}");
        }
        return new Fault.Answered(
                400, error("TransactionCanceledException", ",\"CancellationReasons\":[" + reasons + "]"));
    }

    private static String error(String code, String more) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"Injected by the test.\""
                + more + "}";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst(TARGET);
            String operation = target.substring(target.indexOf('.') + 1);
            asked.computeIfAbsent(operation, any -> new AtomicInteger()).incrementAndGet();
            Queue<Fault> coming = faults.get(operation);
            switch (coming == null ? null : coming.poll()) {
                case null -> {
                    HttpResponse<byte[]> answer = forward(exchange, body);
                    answer(exchange, answer.statusCode(), answer.body());
                }
                case Fault.Answered(int status, String said) -> answer(exchange, status, bytes(said));
                case Fault.DoneAndAnswered(int status, String said) -> {
                    forward(exchange, body);
                    answer(exchange, status, bytes(said));
                }
                case Fault.AnswerLost ignored -> forward(exchange, body);
                case Fault.Stalled(CountDownLatch arrived, CountDownLatch until) -> {
                    arrived.countDown();
                    until.await(60, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : FORWARDED) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
