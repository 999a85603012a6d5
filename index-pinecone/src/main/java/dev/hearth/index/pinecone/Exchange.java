package dev.hearth.index.pinecone;

import dev.hearth.spi.Deadline;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its whole answer. There are as many connections as callers; each is used again. */
final class Exchange implements AutoCloseable {

    /** Of the API that the requests here are written for. */
    static final String VERSION = "2026-04";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** The longest answer names 100,000 namespaces with their counts, each in about 100 bytes. */
    private static final long LONGEST = 32L << 20;

    private final PineconeSettings settings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    Exchange(PineconeSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                // Cancelling a call closes its connection, and no other's.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    /**
     * Sends one request.
     *
     * @param body JSON, or null for none
     * @throws TimeoutException where the answer was not there by the deadline; its connection is closed
     * @throws IOException where the connection could not be made, or broke before the answer's end
     */
    HttpResponse<byte[]> send(String method, String resource, byte @Nullable [] body, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(settings.at(resource))
                .header("Api-Key", settings.apiKey())
                .header("X-Pinecone-Api-Version", VERSION)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        Future<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException lost ? lost : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        threads.close();
    }
}
