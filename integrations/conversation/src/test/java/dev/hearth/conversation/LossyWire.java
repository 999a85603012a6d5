package dev.hearth.conversation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, carries every request to it, and loses answers: the server has done what was asked. */
final class LossyWire implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI server;
    private final HttpServer wire;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger toLose = new AtomicInteger();
    private volatile String ending = "";

    LossyWire(URI server) throws IOException {
        this.server = server;
        wire = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wire.createContext("/", this::carry);
        wire.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + wire.getAddress().getPort());
    }

    /** Loses the next answers to requests whose path ends so. */
    void lose(int answers, String pathEnding) {
        ending = pathEnding;
        toLose.set(answers);
    }

    private void carry(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = server.resolve(exchange.getRequestURI().toString());
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(asked)
                            .timeout(PATIENCE)
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (asked.getPath().endsWith(ending) && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return;
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        wire.stop(0);
    }
}
