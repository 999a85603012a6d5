package dev.hearth.client;

import static dev.hearth.client.FakeHearth.alive;
import static dev.hearth.client.FakeHearth.cut;
import static dev.hearth.client.FakeHearth.problem;
import static dev.hearth.client.FakeHearth.silent;
import static dev.hearth.client.FakeHearth.stream;
import static dev.hearth.client.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.HearthUnreachable.Reason;
import dev.hearth.client.data.NewMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns and exports as they come: whole, failed, broken off, silent, left early. */
@Timeout(30)
final class StreamTest {

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

    private static List<TurnStreamEvent> all(TurnStream stream) {
        List<TurnStreamEvent> events = new ArrayList<>();
        stream.forEachRemaining(events::add);
        return events;
    }

    @Test
    void aTurnComesInOrder() {
        server.then(stream(Samples.streamedTurn()));
        try (TurnStream stream = anna.stream("Hi.")) {
            List<TurnStreamEvent> events = all(stream);
            assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                    .containsExactly("Started", "ContextReady", "Delta", "Delta", "MessageCompleted", "Completed");
            assertThat(events.get(3)).isEqualTo(new TurnStreamEvent.Delta("lo."));
            assertThat(stream.hasNext()).isFalse();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(server.received().getFirst().header("Accept")).isEqualTo("text/event-stream");
        assertThat(server.received().getFirst().header("Idempotency-Key")).isNotEmpty();
    }

    @Test
    void piecesAreHandedOnAndTheTurnAnswered() {
        server.then(stream(Samples.streamedTurn()));
        StringBuilder heard = new StringBuilder();
        assertThat(anna.stream("Hi.", heard::append).message().text()).isEqualTo("Hello.");
        assertThat(heard).hasToString("Hello.");
    }

    @Test
    void anyWayOfEndingALineIsRead() {
        String turn = "\uFEFF" + event("mood.changed", "{}") + Samples.streamedTurn();
        server.then(
                stream(turn.replace("\n", "\r\n")),
                stream(turn.replace("\n", "\r")),
                stream(turn.replace("data: {\"text\":\"Hel\"}", "data: {\"text\":\ndata:\"Hel\"}")));
        for (int i = 0; i < 3; i++) {
            try (TurnStream stream = anna.stream("Hi.")) {
                assertThat(all(stream)).hasSize(6).contains(new TurnStreamEvent.Delta("Hel"));
            }
        }
    }

    @Test
    void aRefusalBeforeTheStreamIsTriedAgainUnderTheSameKey() {
        server.then(problem(409, "turn_in_progress", "Retry-After", "1"), stream(Samples.streamedTurn()));
        anna.stream("Hi.", piece -> {});
        assertThat(server.received().stream()
                        .map(asked -> asked.header("Idempotency-Key"))
                        .distinct())
                .hasSize(1);
        assertThat(server.rests).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aTurnThatFailsOnTheWayIsAProblem() {
        server.then(stream(event("turn.started", "{\"turn_id\":\"trn_1\"}")
                + event(
                        "error",
                        "{\"problem\":{\"status\":503,\"code\":\"model_unavailable\",\"detail\":\"No model.\","
                                + "\"request_id\":\"req_9\"}}")));
        HearthException problem = catchThrowableOfType(HearthException.class, () -> anna.stream("Hi.", piece -> {}));
        assertThat(problem.code()).isEqualTo(HearthException.Code.MODEL_UNAVAILABLE);
        assertThat(problem.requestId()).isEqualTo("req_9");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aStreamThatEndsBeforeItsEndTellsTheKey() {
        String half = Samples.streamedTurn().substring(0, 120);
        server.then(cut(half), stream(half), stream(""));
        for (int i = 0; i < 3; i++) {
            HearthUnreachable broken = catchThrowableOfType(HearthUnreachable.class, () -> {
                try (TurnStream stream = anna.stream(NewMessage.of("Hi.").under("mine"))) {
                    all(stream);
                }
            });
            assertThat(broken.reason()).isEqualTo(Reason.BROKEN);
            assertThat(broken).hasMessageContaining("mine");
        }
    }

    @Test
    void aSilentServerIsNotWaitedForWithoutEnd() {
        server.then(silent(event("turn.started", "{\"turn_id\":\"trn_1\"}"), over));
        try (HearthClient hasty = server.client(Options.DEFAULTS.silence(Duration.ofMillis(200)));
                TurnStream stream = hasty.relationship("aria", "anna").stream("Hi.")) {
            assertThat(stream.next()).isInstanceOf(TurnStreamEvent.Started.class);
            HearthUnreachable silent = catchThrowableOfType(HearthUnreachable.class, stream::next);
            assertThat(silent).cause().hasMessageContaining("no sign of life for 200 ms");
        }
    }

    @Test
    void leavingEarlyClosesTheConnection() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        server.then(alive(event("turn.started", "{\"turn_id\":\"trn_1\"}"), left));
        try (TurnStream stream = anna.stream("Hi.")) {
            assertThat(stream.next()).isInstanceOf(TurnStreamEvent.Started.class);
        }
        assertThat(left.await(10, TimeUnit.SECONDS)).as("the server saw it").isTrue();
    }

    @Test
    void aListenerThatThrowsClosesTheConnection() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        server.then(alive(event("message.delta", "{\"text\":\"a\"}"), left));
        assertThatThrownBy(() -> anna.stream("Hi.", piece -> {
                    throw new IllegalArgumentException("enough");
                }))
                .hasMessage("enough");
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws InterruptedException {
        server.then(silent(event("turn.started", "{\"turn_id\":\"trn_1\"}"), over));
        try (TurnStream stream = anna.stream("Hi.")) {
            stream.next();
            Thread closer = Thread.startVirtualThread(stream::close);
            assertThat(stream.hasNext()).isFalse();
            closer.join();
        }
    }

    @Test
    void anExportKeepsItsLinesAndTellsWhatTheyAre() {
        String later = "{\"type\":\"mood\",\"x\":1}\n";
        server.then(stream(Samples.EXPORT + "\n" + later));
        try (ExportStream export = client.export("anna")) {
            List<ExportLine> lines = new ArrayList<>();
            export.forEachRemaining(lines::add);
            assertThat(lines.stream().map(line -> line.entry().getClass().getSimpleName()))
                    .containsExactly("OfUser", "OfRelationship", "OfMessage", "OfMemory", "OfTurn", "Other");
            assertThat(lines.get(2).entry()).isInstanceOfSatisfying(ExportEntry.OfMessage.class, message -> {
                assertThat(message.externalId()).isEqualTo("x");
                assertThat(message.session()).isEqualTo(3);
            });
            assertThat(lines.get(3).entry()).isInstanceOfSatisfying(ExportEntry.OfMemory.class, memory -> {
                assertThat(memory.relationshipId()).isEqualTo("rel_1");
                assertThat(memory.memory().pinned()).isTrue();
            });
            assertThat(lines.get(5).json()).isEqualTo(later.strip());
            assertThat(export.hasNext()).isFalse();
        }
    }

    @Test
    void anExportThatFailsOrBreaksIsNotTakenForWhole() {
        server.then(
                stream(Samples.EXPORT
                        + "{\"type\":\"error\",\"problem\":{\"status\":500,\"code\":\"internal\",\"detail\":\"d\"}}\n"),
                cut(Samples.EXPORT));
        try (ExportStream failed = client.export("anna")) {
            assertThat(catchThrowableOfType(HearthException.class, () -> failed.forEachRemaining(line -> {}))
                            .code())
                    .isEqualTo(HearthException.Code.INTERNAL);
            assertThat(failed.hasNext()).isFalse();
        }
        try (ExportStream broken = client.export("anna")) {
            assertThat(catchThrowableOfType(HearthUnreachable.class, () -> broken.forEachRemaining(line -> {}))
                            .reason())
                    .isEqualTo(Reason.BROKEN);
        }
    }
}
