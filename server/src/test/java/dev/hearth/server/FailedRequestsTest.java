package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailedRequestsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailedRequests.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final FailedRequests log = new FailedRequests(clock);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    @Test
    void oneLineInTenSecondsSaysHowManyHadNone() {
        fail("cold");
        fail("cold");
        clock.advance(Duration.ofMillis(9_999));
        fail("cold");
        assertThat(lines.list).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        fail("cold");

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .isEqualTo(
                        "Request req_1 (GET /v1/turns/{id}) was answered overloaded: the store \"cold\", asked to get,"
                                + " failed (unavailable). The bucket is not there.");
        assertThat(lines.list.getLast().getFormattedMessage()).endsWith(" So failed 2 more since the last such line.");
    }

    @Test
    void oneStoreDoesNotHideAnother() {
        fail("cold");
        fail("warm");
        assertThat(lines.list).hasSize(2).allMatch(line -> line.getLevel() == Level.WARN);
    }

    @Test
    void whatIsNoStoresFailureHasNoLine() {
        log.failed("req_1", "GET /v1/turns/{id}", new Problem(Code.OVERLOADED, "Too many turns."));
        log.failed("req_1", "GET /v1/turns/{id}", Problem.notFound("There is none."));
        assertThat(lines.list).isEmpty();
    }

    @Test
    void whatIsOursHasAllOfIt() {
        log.failed("req_1", "GET /v1/turns/{id}", new IllegalStateException("a mistake"));
        log.failed("req_1", "GET /v1/turns/{id}", new Problem(Code.INTERNAL, "damaged"));
        assertThat(lines.list)
                .hasSize(2)
                .allMatch(line -> line.getLevel() == Level.ERROR && line.getThrowableProxy() != null);
    }

    private void fail(String store) {
        try {
            StoreCall.make(store, "get", () -> {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "The bucket is not there.");
            });
        } catch (Problem problem) {
            log.failed("req_1", "GET /v1/turns/{id}", problem);
        }
    }
}
