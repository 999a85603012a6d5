package dev.hearth.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests with the key and waits for their answers, each up to its deadline. */
final class Transport implements AutoCloseable {

    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_PROBLEM_BYTES = 1 << 20;

    private final String base;
    private final String authorization;
    private final Options options;
    private final Attempts attempts;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    Transport(URI server, String key, Options options, Attempts attempts) {
        this.base = base(server);
        this.authorization = "Bearer " + key;
        this.options = options;
        this.attempts = attempts;
        // Every stream has a connection of its own, so that closing one tells the server.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connect())
                .executor(executor)
                .build();
    }

    private static String base(URI server) {
        boolean web = "http".equalsIgnoreCase(server.getScheme()) || "https".equalsIgnoreCase(server.getScheme());
        if (!web || server.getHost() == null || server.getRawQuery() != null || server.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The server's address must be http or https with a host and nothing secret, as in"
                            + " http://127.0.0.1:8080.");
        }
        return server.toString().replaceFirst("/+$", "");
    }

    /** An answer of status 2xx. */
    record Answer(String body, @Nullable String etag, boolean replayed) {}

    Answer send(Call call) {
        return attempts.run(call.repeatable(), () -> {
            HttpResponse<byte[]> response = await(call, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            if (response.statusCode() / 100 != 2) {
                throw problem(response, response.body());
            }
            return new Answer(
                    new String(response.body(), StandardCharsets.UTF_8),
                    response.headers().firstValue("ETag").orElse(null),
                    header(response, "Idempotent-Replayed").equals("true"));
        });
    }

    /** Opens an answer that is read line by line; its owner closes it. */
    Lines open(Call call) {
        return attempts.run(call.repeatable(), () -> openOnce(call));
    }

    Lines openOnce(Call call) {
        HttpResponse<InputStream> response = await(call, BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
            return new Lines(response.body(), options.silence());
        }
        try (Lines lines = new Lines(response.body(), options.silence())) {
            throw problem(response, lines.rest(MOST_PROBLEM_BYTES));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static HearthException problem(HttpResponse<?> response, byte[] body) {
        return Problems.of(
                response.statusCode(),
                body,
                response.headers().firstValue("Retry-After").orElse(null),
                InstantSource.system());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.path()))
                .header("Authorization", authorization)
                .method(
                        call.method(),
                        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        return request.build();
    }

    private <T> HttpResponse<T> await(Call call, BodyHandler<T> handler) {
        Duration deadline = call.work() ? options.work() : options.request();
        CompletableFuture<HttpResponse<T>> pending = http.sendAsync(request(call), handler);
        try {
            return pending.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new HearthUnreachable(
                    HearthUnreachable.Reason.TIMED_OUT,
                    "The server at " + base + " gave no answer within " + deadline.toMillis()
                            + " ms. It may still be at it.",
                    e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new HearthUnreachable(
                    HearthUnreachable.Reason.INTERRUPTED, "Interrupted while waiting for an answer.", e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        }
    }

    private HearthUnreachable unreachable(Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> notConnected(refused);
            case HttpConnectTimeoutException late -> notConnected(late);
            default -> broken(cause);
        };
    }

    private HearthUnreachable notConnected(Throwable cause) {
        return new HearthUnreachable(
                HearthUnreachable.Reason.NOT_CONNECTED,
                "No server answers at " + base + ". Is it running, and is this its address?",
                cause);
    }

    private HearthUnreachable broken(Throwable cause) {
        return new HearthUnreachable(
                HearthUnreachable.Reason.BROKEN,
                "The connection to the server at " + base + " broke before the answer was complete.",
                cause);
    }

    Attempts attempts() {
        return attempts;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        executor.close();
    }

    @Override
    public String toString() {
        return base;
    }
}
