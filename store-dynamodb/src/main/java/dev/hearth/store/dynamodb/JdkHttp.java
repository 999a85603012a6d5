package dev.hearth.store.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The SDK's requests over the JDK's {@link HttpClient}.
 *
 * <p>The SDK's own light client stands on {@code HttpURLConnection}, which quietly sends a POST a second time where a
 * connection breaks before its answer, so that a conditional write refuses itself; and it keeps five idle connections
 * at most. This one never repeats a POST, keeps what it has opened, and ends at an interrupt.
 */
final class JdkHttp implements SdkHttpClient {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** The JDK's client sets these itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection", "expect");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(executor)
            .build();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(client, request);
    }

    @Override
    public String clientName() {
        return "Jdk";
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }

    private static final class Exchange implements ExecutableHttpRequest {

        private final HttpClient client;
        private final HttpExecuteRequest request;
        private volatile boolean aborted;
        private volatile CompletableFuture<HttpResponse<byte[]>> running = new CompletableFuture<>();

        Exchange(HttpClient client, HttpExecuteRequest request) {
            this.client = client;
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            running = client.sendAsync(translated(), HttpResponse.BodyHandlers.ofByteArray());
            if (aborted) {
                running.cancel(true);
            }
            try {
                return translated(running.get());
            } catch (InterruptedException interrupted) {
                running.cancel(true);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The request was interrupted.");
            } catch (CancellationException ended) {
                throw new IOException("The request was ended before its answer.", ended);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
            }
        }

        @Override
        public void abort() {
            aborted = true;
            running.cancel(true);
        }

        private HttpRequest translated() throws IOException {
            SdkHttpRequest from = request.httpRequest();
            HttpRequest.Builder to =
                    HttpRequest.newBuilder(from.getUri()).method(from.method().name(), body());
            from.forEachHeader((name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> to.header(name, value));
                }
            });
            return to.build();
        }

        private HttpRequest.BodyPublisher body() throws IOException {
            if (request.contentStreamProvider().isEmpty()) {
                return HttpRequest.BodyPublishers.noBody();
            }
            try (InputStream content = request.contentStreamProvider().get().newStream()) {
                return HttpRequest.BodyPublishers.ofByteArray(content.readAllBytes());
            }
        }

        private static HttpExecuteResponse translated(HttpResponse<byte[]> from) {
            return HttpExecuteResponse.builder()
                    .response(SdkHttpFullResponse.builder()
                            .statusCode(from.statusCode())
                            .headers(from.headers().map())
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(from.body())))
                    .build();
        }
    }
}
