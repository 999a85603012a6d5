package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who reads the log at night learns which store failed which request, and is not flooded. */
class StoreFailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailedRequests.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final TestServer server = TestServer.start();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        server.close();
    }

    @Test
    void aStoreThatFailsARequestHasOneLineOfTheLog() {
        String rid = server.aria("anna");
        server.warm.onWrites(new Fault.Before(Kind.UNAVAILABLE));

        TestServer.Answer answer =
                server.post("/v1/relationships/" + rid + "/memories", "{\"text\":\"I have a dog called Rex.\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(warnings())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(answer.header("X-Request-Id"))
                        .contains("POST /v1/relationships/{rid}/memories")
                        .contains("overloaded")
                        .contains("the store \"warm\", asked to write,")
                        .contains("unavailable")
                        .doesNotContain("Rex")
                        .doesNotContain("anna")
                        .doesNotContain(rid)
                        .doesNotContain(TestServer.KEY));
    }

    @Test
    void aStoreThatFailsManyHasOneLineForEachKindOfFailure() {
        for (Kind kind : List.of(Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.DEADLINE, Kind.UNAVAILABLE, Kind.DEADLINE)) {
            server.warm.onWrites(new Fault.Before(kind));
            assertThat(server.put(
                                    "/v1/companions/aria",
                                    "{\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\"]}}")
                            .status())
                    .isIn(503, 504);
        }

        assertThat(warnings()).hasSize(2);
        assertThat(warnings().getFirst()).contains("overloaded", "unavailable");
        assertThat(warnings().getLast()).contains("deadline_exceeded", "deadline");
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
