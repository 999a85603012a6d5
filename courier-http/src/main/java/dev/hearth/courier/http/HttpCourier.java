package dev.hearth.courier.http;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Courier;
import dev.hearth.spi.CourierException;
import dev.hearth.spi.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts over HTTP/1.1. Follows no redirect, reads nothing of an answer but status and headers, and goes to addresses of
 * the open internet only, unless it is told otherwise.
 *
 * <p>A name is resolved and every address it has is checked right before the call; the client resolves it once more, out
 * of the JDK's cache of names. What that leaves open is told in {@code docs/threat-model.md}.
 */
public final class HttpCourier implements Courier {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String LATE = "There was no answer within the time.";

    private final Clock clock;
    private final boolean allowPrivate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /**
     * @param allowPrivate whether private, loopback and link-local addresses are gone to as well
     */
    public HttpCourier(Clock clock, boolean allowPrivate) {
        this.clock = clock;
        this.allowPrivate = allowPrivate;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    @Override
    public Reply post(URI address, Map<String, String> headers, byte[] body, Deadline deadline)
            throws InterruptedException {
        // In a thread of its own: resolving a name has no deadline.
        within(threads.submit(() -> check(address)), deadline);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(deadline.remaining().plusMillis(1))
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return reply(within(http.sendAsync(request.build(), info -> new Unread()), deadline));
    }

    private static <T> T within(Future<T> work, Deadline deadline) throws InterruptedException {
        try {
            return work.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new CourierException(LATE, late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CourierException told
                    ? told
                    : new CourierException(reason(failed.getCause()), failed);
        } finally {
            // Closes the connection where the answer is not there yet.
            work.cancel(true);
        }
    }

    private Reply reply(HttpResponse<?> response) {
        @Nullable
        Duration after = response.headers()
                .firstValue("retry-after")
                .map(header -> RetryAfter.read(header, clock))
                .orElse(null);
        return new Reply(response.statusCode(), after);
    }

    private URI check(URI address) {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (host == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new CourierException("The address is not http or https.", null);
        }
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new CourierException("The host's name cannot be resolved.", unknown);
        }
        for (InetAddress each : found) {
            if (!allowPrivate && !PublicAddresses.isPublic(each)) {
                throw new CourierException(
                        "The host has an address that is not of the open internet; webhooks.allow_private: true in the"
                                + " configuration allows it.",
                        null);
            }
        }
        return address;
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException late -> LATE;
            case SSLException broken -> "No secure connection could be made.";
            case IOException broken -> "The connection could not be made, or broke.";
            case null, default -> "The message could not be sent.";
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        threads.close();
    }
}
