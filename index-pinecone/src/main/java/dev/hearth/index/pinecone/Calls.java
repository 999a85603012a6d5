package dev.hearth.index.pinecone;

import dev.hearth.spi.Deadline;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a request until it is answered or its deadline comes. What may pass (429, 5xx, a lost connection, an answer cut
 * short) is tried again; between attempts it waits a random time up to a bound that doubles (full jitter: M. Brooker,
 * "Exponential Backoff And Jitter", 2015), beyond what {@code Retry-After} asks for.
 */
final class Calls implements AutoCloseable {

    /** How a thread waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private static final long FIRST_MILLIS = 50;
    private static final long MOST_MILLIS = 2_000;
    private static final int MOST_DOUBLINGS = 10;

    /** So that a service which is not there is said soon rather than at the deadline. */
    private static final int MOST_LOST = 4;

    private final Exchange exchange;
    private final Failures failures;
    private final RandomGenerator random;
    private final Pause pause;
    private final JsonMapper json = JsonMapper.shared();
    private volatile boolean closed;

    Calls(PineconeSettings settings, Failures failures, RandomGenerator random, Pause pause) {
        this.exchange = new Exchange(settings);
        this.failures = failures;
        this.random = random;
        this.pause = pause;
    }

    /**
     * The answer's JSON object; null where what was to be removed is not there.
     *
     * @param body JSON, or null for none
     */
    @Nullable
    JsonNode call(Operation what, String method, String resource, byte @Nullable [] body, Deadline deadline) {
        if (closed) {
            throw failures.closed();
        }
        if (deadline.expired()) {
            throw failures.notBegun();
        }
        String before = null;
        boolean unsure = false;
        int lost = 0;
        for (int attempt = 0; ; attempt++) {
            if (closed) {
                throw failures.closed();
            }
            Duration wait = Duration.ZERO;
            try {
                HttpResponse<byte[]> answer = exchange.send(method, resource, body, deadline);
                int status = answer.statusCode();
                if (status == 200) {
                    return object(what, answer.body());
                }
                if (status == 404 && what.absentIsFine()) {
                    return null;
                }
                unsure |= status >= 500;
                wait = RetryAfter.read(answer.headers(), deadline.clock()).plus(jitter(attempt));
                boolean passing = status == 429 || status >= 500;
                if (!passing || wait.compareTo(deadline.remaining()) >= 0) {
                    throw failures.refused(what, status, unsure);
                }
                before = "it answered " + status;
            } catch (TimeoutException late) {
                throw failures.late(what, before, true);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failures.interrupted(what, interrupted);
            } catch (IOException broke) {
                if (closed) {
                    throw failures.closed();
                }
                unsure = true;
                lost++;
                wait = jitter(attempt);
                if (lost == MOST_LOST || wait.compareTo(deadline.remaining()) >= 0) {
                    throw failures.lost(what, broke, true);
                }
                before = "the connection was lost";
            }
            pause(what, wait);
        }
    }

    /** Waits before the question that follows the {@code attempt}th, counted from 0; false where that is too late. */
    boolean waited(Operation what, int attempt, Deadline deadline) {
        Duration wait = jitter(attempt);
        if (wait.compareTo(deadline.remaining()) >= 0) {
            return false;
        }
        pause(what, wait);
        return true;
    }

    private void pause(Operation what, Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(what, interrupted);
        }
    }

    private Duration jitter(int attempt) {
        long bound = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempt, MOST_DOUBLINGS));
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    private JsonNode object(Operation what, byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException unreadable) {
            // Told below, like everything else that is no object.
        }
        throw failures.garbled(what);
    }

    /** Ends the calls that run; their callers hear that the index is closed. */
    @Override
    public void close() {
        closed = true;
        exchange.close();
    }
}
