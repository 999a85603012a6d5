package dev.hearth.server;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.server.http.HttpServer;
import dev.hearth.spi.Clock;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of requests that failed: of what is ours everything, of a store's failure one line that names the
 * call, for each store and kind of failure at most one in ten seconds. Safe for many threads.
 */
final class FailedRequests implements HttpServer.FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailedRequests.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private record Failing(String store, StoreException.Kind kind) {}

    private record Said(long nanos, long unsaid) {}

    private final Clock clock;
    private final Map<Failing, Said> said = new HashMap<>();

    FailedRequests(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void failed(String requestId, String route, Exception failure) {
        if (!(failure instanceof Problem problem) || problem.code() == Code.INTERNAL) {
            LOG.error("Request {} failed", requestId, failure);
        } else if (problem.code() == Code.OVERLOADED || problem.code() == Code.DEADLINE_EXCEEDED) {
            if (problem.getCause() instanceof StoreException store) {
                store(requestId, route, problem, store);
            }
        }
    }

    private void store(String requestId, String route, Problem problem, StoreException failure) {
        StoreCall call = problem.storeCall();
        long unsaid = unsaid(new Failing(call == null ? "" : call.store(), failure.kind()));
        if (unsaid < 0) {
            return;
        }
        LOG.warn(
                "Request {} ({}) was answered {}: {} failed ({}). {}{}",
                requestId,
                route,
                problem.code().wire(),
                call == null ? "a store" : "the store \"" + call.store() + "\", asked to " + call.call() + ",",
                failure.kind().name().toLowerCase(Locale.ROOT),
                failure.getMessage(),
                unsaid == 0 ? "" : " So failed " + unsaid + " more since the last such line.");
    }

    /** How many failures had no line since the last one; negative where this one is to have none either. */
    private synchronized long unsaid(Failing failing) {
        long now = clock.nanoTime();
        Said last = said.get(failing);
        if (last != null && now - last.nanos() < PAUSE.toNanos()) {
            said.put(failing, new Said(last.nanos(), last.unsaid() + 1));
            return -1;
        }
        said.put(failing, new Said(now, 0));
        return last == null ? 0 : last.unsaid();
    }
}
