package dev.hearth.client;

import static dev.hearth.client.FakeHearth.alive;
import static dev.hearth.client.FakeHearth.cut;
import static dev.hearth.client.FakeHearth.problem;
import static dev.hearth.client.FakeHearth.silent;
import static dev.hearth.client.FakeHearth.stream;
import static dev.hearth.client.Samples.event;
import static dev.hearth.client.Samples.happened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.FeedEvent.Happened;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed goes on behind the last event, whatever happens to its connections. */
@Timeout(30)
final class EventFeedTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private final FakeHearth server = new FakeHearth();
    private final HearthClient client = server.client();
    private final RelationshipClient anna = client.relationship("aria", "anna");

    @AfterEach
    void end() {
        over.countDown();
        client.close();
        server.close();
    }

    @Test
    void itGoesOnBehindTheLastEvent() {
        server.then(
                stream(": keep-alive\n\n" + happened("7") + happened("8")),
                problem(503, "overloaded", "Retry-After", "3"),
                cut(happened("9") + "id: 10\nevent: turn.comp"),
                silent(happened("10"), over));
        try (EventFeed feed = anna.events("6")) {
            for (String position : new String[] {"7", "8", "9", "10"}) {
                assertThat(feed.next()).isInstanceOfSatisfying(Happened.class, happened -> {
                    assertThat(happened.position()).isEqualTo(position);
                    assertThat(happened.event().type()).isEqualTo("turn.completed");
                    assertThat(happened.event().data()).containsEntry("turn_id", "trn_1");
                });
            }
        }
        assertThat(server.received().stream().map(asked -> asked.header("Last-Event-ID")))
                .containsExactly("6", "8", "8", "9");
        assertThat(server.rests).contains(Duration.ofSeconds(3));
    }

    @Test
    void aFeedOfOnlyWhatIsNewNamesNoPlace() {
        server.then(stream(happened("1")));
        try (EventFeed feed = anna.events()) {
            feed.next();
        }
        assertThat(server.received().getFirst().headers()).doesNotContainKey("Last-event-id");
    }

    @Test
    void aFeedThatIsCutOffBeforeItsFirstEventMissesNothing() {
        server.then(stream(": keep-alive\nid: 41\n\n"), stream(happened("42")));
        try (EventFeed feed = anna.events()) {
            assertThat(feed.next()).isInstanceOf(Happened.class);
        }
        assertThat(server.received().getLast().header("Last-Event-ID")).isEqualTo("41");
    }

    @Test
    void whatIsNotKeptAnyMoreIsTold() {
        server.then(stream(event("events.missed", "{}") + happened("90")));
        try (EventFeed feed = anna.events("1")) {
            assertThat(feed.next()).isEqualTo(new FeedEvent.Missed());
            assertThat(feed.next()).isInstanceOf(Happened.class);
        }
    }

    @Test
    void aRefusalEndsIt() {
        server.then(problem(404, "not_found"));
        try (EventFeed feed = anna.events()) {
            assertThat(catchThrowableOfType(HearthException.class, feed::next).code())
                    .isEqualTo(HearthException.Code.NOT_FOUND);
        }
    }

    @Test
    void aServerThatStaysAwayIsGivenUpAfterMinutes() {
        for (int i = 0; i < 200; i++) {
            server.then(problem(503, "overloaded"));
        }
        try (EventFeed feed = anna.events()) {
            assertThat(catchThrowableOfType(HearthException.class, feed::next).status())
                    .isEqualTo(503);
        }
        assertThat(server.rests.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void closingEndsTheWaitAndTheConnection() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        server.then(alive(happened("1"), left));
        try (EventFeed feed = anna.events()) {
            feed.next();
            Thread closer = Thread.startVirtualThread(feed::close);
            assertThat(feed.hasNext()).isFalse();
            closer.join();
        }
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
